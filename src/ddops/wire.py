"""How an object travels: the shape of a body in requests and answers, beside the object itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wire:
    """`wrap(payload, id)` is the request's body, for a create without an id. `unwrap` takes one object out of an answer
    or a list and gives it with its `id`; None where the answer holds none. `joined` brings to each object of an answer
    what the answer lists beside the objects."""

    wrap: Callable[[Body, str | None], Any]
    unwrap: Callable[[Any], Body | None]
    joined: Callable[[Any], Any] = lambda answer: answer


def plain(envelope: str | None = None, id_field: str = "id") -> Wire:
    """API v1: the body as it is; in answers below `envelope`, where a list of one stands for the one."""

    def unwrap(answer: Any) -> Body | None:
        if envelope is not None and isinstance(answer, dict) and envelope in answer:
            answer = answer[envelope]
        if isinstance(answer, list) and len(answer) == 1:
            answer = answer[0]
        if not isinstance(answer, dict) or id_field not in answer:
            return None
        return answer if id_field == "id" else {"id": answer[id_field], **answer}

    return Wire(lambda payload, _: payload, unwrap)


def json_api(type_: str, *, id_field: str | None = None) -> Wire:
    """API v2 (JSON:API): a spec has the attributes; they travel as `{"data": {"type", "id", "attributes"}}`. With
    `id_field` the id is the spec's own (a log metric's name) and stands in its body under that name."""

    def wrap(payload: Body, object_id: str | None) -> Any:
        attributes = {key: value for key, value in payload.items() if key != id_field}
        found = payload.get(id_field) if id_field is not None else object_id
        named = {"id": found} if found is not None else {}
        return {"data": {"type": type_, **named, "attributes": attributes}}

    def unwrap(answer: Any) -> Body | None:
        data = answer.get("data", answer) if isinstance(answer, dict) else answer
        if isinstance(data, list) and len(data) == 1:
            data = data[0]
        if not isinstance(data, dict) or "id" not in data:
            return None
        own = {id_field: data["id"]} if id_field is not None else {}
        return {"id": data["id"], **own, **(data.get("attributes") or {})}

    return Wire(wrap, unwrap)


PLAIN = plain()
