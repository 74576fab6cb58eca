"""What a monitor looks at: the filters and groups of each of its series and searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ddops.compile import Desired
from ddops.lint.monitors import graphs, read, variables
from ddops.location import NodePath
from ddops.query.condition import Filter, filters
from ddops.query.dashboard import parse_search
from ddops.query.node import NOWHERE, Node
from ddops.query.queries import EventQuery, ServiceCheckQuery
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import Series, group_keys, series

ENVIRONMENT = frozenset({"env", "environment", "deployment.environment", "deployment.environment.name", "stage"})
"""Tags that say which environment something is of, without the `@` of an attribute."""

NAMING = ENVIRONMENT | frozenset(
    {
        # one host, one cluster, one application
        *("host", "hostname", "host.name", "instance", "instance_id", "instance-id", "url", "db_instance", "server"),
        *("cluster", "cluster_name", "cluster-name", "clustername", "kube_cluster_name", "kubernetescluster"),
        *("ecs_cluster_name", "ecs_cluster", "cluster_id", "application.id", "application_id"),
        # one resource of a cloud, or one account
        *("loadbalancer", "loadbalancername", "targetgroup", "dbinstanceidentifier", "dbclusteridentifier"),
        *("distributionid", "functionname", "queuename", "topicname", "bucketname", "webacl", "certificatearn"),
        *("cacheclusterid", "domainname", "apiname", "stream_name", "tablename", "aws.awslogs.loggroup"),
        *("autoscalinggroupname", "autoscaling_group", "aws_account", "account_id", "subscription_id", "project_id"),
    }
)
"""Those, and tags that name one thing, which is of one environment."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A series or a search of a monitor. `name` is how a finding calls it."""

    name: str
    filters: tuple[Filter, ...]
    groups: tuple[str, ...]
    path: NodePath


def watched(resource: Desired) -> Iterator[Watched]:
    """All that a monitor's query and the variables of its formula look at."""
    yield from _in_query(resource.spec.body["type"], resource.spec.body["query"])
    for inner in graphs(resource):
        outer = group_keys(inner)
        yield from (Watched(one.metric, _filters(one), outer, ("query",)) for one in series(inner))
    for index, queried in enumerate(variables(resource)):
        search = queried.get("search")
        if isinstance(search, dict) and isinstance(search.get("query"), str):
            facets = (
                group.get("facet") if isinstance(group, dict) else group for group in queried.get("group_by") or ()
            )
            path = ("options", "variables", index, "search", "query")
            yield Watched(
                f"the query '{queried.get('name')}'", _searched(search["query"]), tuple(map(str, facets)), path
            )


@lru_cache(maxsize=1024)
def _in_query(type_: str, text: str) -> tuple[Watched, ...]:
    found = read(type_, text)
    if isinstance(found, QuerySyntaxError):
        return ()
    query, path = found.query, ("query",)
    if isinstance(query, EventQuery):
        return (Watched(f"the search of {query.source_name}", tuple(filters(query.search)), found.groups, path),)
    if isinstance(query, ServiceCheckQuery):
        tags = (tag.partition(":") for tag in query.arguments("over"))
        over = tuple(Filter(key, (value,) if value else (), False, Node(span=NOWHERE)) for key, _, value in tags)
        return (Watched(f"the check {query.check.value}", over, found.groups, path),)
    return tuple(Watched(one.metric, _filters(one), found.groups, path) for one in found.series)


def _filters(one: Series) -> tuple[Filter, ...]:
    return tuple(filters(one.scope.condition))


@lru_cache(maxsize=4096)
def _searched(text: str) -> tuple[Filter, ...]:
    try:
        return tuple(filters(parse_search(text)))
    except QuerySyntaxError:
        return ()
