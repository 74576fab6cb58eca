"""Entities of the software catalog: who owns what, whom to ask, where to look."""

from __future__ import annotations

from ddops.kinds.catalog_entity.body import NORMAL, PATH, WIRE, deletion, payload, ref
from ddops.kinds.catalog_entity.derived import from_product
from ddops.kinds.catalog_entity.model import CatalogEntity
from ddops.kinds.contract import Endpoint, Kind, Paging
from ddops.marking import InTags

KIND = Kind(
    name="catalog_entity",
    collection="catalog_entities",
    model=CatalogEntity,
    payload=payload,
    endpoint=Endpoint(
        collection=PATH,
        # There is no path for one entity to be read at; the list finds it by its name.
        item=PATH,
        item_query={"filter[ref]": "{id}", "include": "schema"},
        list_query={"include": "schema"},
        paging=Paging(start="page[offset]", size="page[limit]", most=100, by="offset"),
        wire=WIRE,
        # A second POST of the same name replaces the entity.
        update="POST",
        deletion=deletion,
        listed="data",
        created="createdAt",
        modified="modifiedAt",
    ),
    normal=NORMAL,
    # An entity is what has its name.
    replaced_by=frozenset({"kind", "metadata.namespace", "metadata.name"}),
    marking=InTags("metadata.tags"),
    natural=ref,
    from_product=from_product,
    # No source tells of a page that an entity's name leads to.
    web="/software",
)
