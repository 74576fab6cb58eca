"""The entity that a product's own file describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ddops.address import Address
from ddops.kinds.contract import Body, Setting, Spec
from ddops.product import CatalogEntry, Channel, Product
from ddops.reference import Reference


def from_product(product: Product, specs: Sequence[Spec], setting: Setting) -> Mapping[str, Body]:
    """The entity of a product that has a `catalog` section, under the product's own name."""
    entry = product.catalog
    if entry is None:
        return {}
    metadata = {
        # The name that the `service` tags of traces, logs and metrics carry: by it Datadog finds the telemetry of an
        # entity. Where the product has no such tag, there is none to find.
        "name": entry.name or product.tags.get("service") or product.product,
        "namespace": entry.namespace,
        "displayName": product.title,
        "description": product.description,
        "owner": product.team,
        "links": [*_links(product, entry, specs, setting)],
        "contacts": [*_contacts(product.channels)],
    }
    body = {
        "kind": entry.kind,
        "metadata": metadata,
        "spec": _spec(product, entry),
        "integrations": _integrations(product.channels.values()),
    }
    adopt = {} if entry.adopt is None else {"adopt": entry.adopt}
    return {product.product: {**_set(body), "metadata": _set(metadata), **adopt}}


def _spec(product: Product, entry: CatalogEntry) -> Body:
    told: Body = {
        "lifecycle": entry.lifecycle,
        "tier": entry.tier,
        "type": entry.type,
        "languages": entry.languages,
        "componentOf": entry.component_of,
    }
    if entry.kind == "service":
        # A name alone is a service's.
        told["dependsOn"] = [name if ":" in name else f"service:{name}" for name in product.depends_on]
    return _set(told)


def _links(product: Product, entry: CatalogEntry, specs: Sequence[Spec], setting: Setting) -> Iterator[Body]:
    runbook = product.runbook.page(setting.source_url) if product.runbook is not None else ""
    if "://" in runbook:  # a file of a repository that nobody said the address of is no link
        yield {"name": "Runbook", "type": "runbook", "url": runbook}
    for spec in sorted(specs, key=lambda spec: spec.address):
        if spec.address.kind == "dashboard":
            yield {"name": str(spec.body["title"]), "type": "dashboard", "url": _page(spec.address)}
    for name, url in product.links.items():
        yield {"name": name, "type": "other", "url": url}
    for url in entry.repositories:
        yield {"name": url.rstrip("/").rsplit("/", 1)[-1], "type": "repo", "url": url}


def _page(address: Address) -> str:
    return str(Reference(address, url=True))


def _contacts(channels: Mapping[str, Channel]) -> Iterator[Body]:
    """Where people can be reached. People know a channel of Slack or Teams by its own name, a mailbox by what it is
    called here."""
    for name, channel in channels.items():
        if channel.slack is not None:
            shown = f"#{channel.slack}"
            yield {"name": shown, "type": "slack", "contact": channel.url or shown}
        elif channel.email is not None:
            yield {"name": name if len(name) > 1 else channel.email, "type": "email", "contact": channel.email}
        elif channel.microsoft_teams is not None:
            contact = channel.url or channel.microsoft_teams
            yield {"name": channel.microsoft_teams, "type": "microsoft-teams", "contact": contact}


def _integrations(channels: Iterable[Channel]) -> Body:
    """The paging service, where its page is known."""
    found: Body = {}
    for channel in channels:
        for way in ("pagerduty", "opsgenie"):
            if channel.url is not None and channel.way == way:
                found.setdefault(way, {"serviceURL": channel.url})
    return found


def _set(body: Body) -> Body:
    return {name: value for name, value in body.items() if value not in (None, [], {})}
