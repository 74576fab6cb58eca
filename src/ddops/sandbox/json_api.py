"""Bodies of API v2: `{"data": {"type", "id", "attributes"}}`."""

from __future__ import annotations

import re

from ddops.sandbox import people
from ddops.sandbox.exchange import Json, Request, refuse

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def sent(request: Request) -> Json:
    """`data` of a request."""
    data = request.fields().get("data")
    if not isinstance(data, dict) or not isinstance(data.get("attributes"), dict):
        refuse(400, "Invalid JSON payload: an object with data.attributes is expected")
    return data


def attributes(request: Request) -> Json:
    """`data.attributes` of a request."""
    found: Json = sent(request)["attributes"]
    return found


def uuid_in_path(request: Request, name: str) -> str:
    """The `{id}` of the path, which the API calls `name`."""
    found = request.path["id"]
    if not UUID.fullmatch(found):
        refuse(400, f"Invalid URL param: {name} must be an uuid")
    return found


def resource(type: str, id: str, attributes: Json) -> Json:
    """One object."""
    return {"type": type, "id": id, "attributes": attributes}


def signed(resource: Json, **related: Json | None) -> Json:
    """The answer to a write: the object with who made it, and that user beside it; `related` are further relations."""
    user = people.user()
    relations = {"created_by": {"type": user["type"], "id": user["id"]}, **related}
    relationships = {name: {"data": one} for name, one in relations.items()}
    return {"data": resource | {"relationships": relationships}, "included": [user]}
