"""A monitor does not notify for each pod, container or request: its groups are things that are still there when
somebody looks.

Why: a bad release pages once for each of forty pods, every deployment brings forty new groups, and the old ones stay in
No Data or alert for a day (reference: monitor options, 6: groups leave after 24 hours without data).
Fix: group by the service, the deployment or the cluster; or keep the query's groups and set `options.notify_by` to
fewer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import notified_by

EPHEMERAL = frozenset(
    {
        *("pod_name", "pod", "pod_id", "pod_uid", "pod_ip", "kube_pod", "pod_phase_id"),
        *("container_id", "container", "container_name_id", "display_container_name", "task_arn", "task_id"),
        *("kube_replica_set", "replicaset", "job_id", "process_id", "pid"),
        *("trace_id", "span_id", "request_id", "session_id", "user_id", "usr.id", "session.id", "issue_id"),
    }
)
"""Tags with a new value for each deployment, or for each request."""


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    for key in notified_by(resource) or ():
        if key.removeprefix("@").lower() in EPHEMERAL:
            yield Flaw(
                f"each `{key}` alerts for itself, and they come and go; group by what stays, or set "
                "`options.notify_by`",
                ("query",),
            )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
