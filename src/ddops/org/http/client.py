"""`Org` over HTTP: Datadog itself, or the sandbox, which speaks the same."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Set
from concurrent.futures import Executor, as_completed
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import orjson

from ddops.catalog.config import OrgConfig
from ddops.errors import ApiError, UsageError
from ddops.kinds.contract import Body, Json, Kind, owner
from ddops.org.contract import Handles, Series, object_id
from ddops.org.http import call as calls
from ddops.org.http.answer import Answer, reason
from ddops.org.http.cache import BodyCache
from ddops.org.http.call import Call, Query
from ddops.org.http.handles import read_handles
from ddops.org.http.limits import RateLimits
from ddops.org.http.listing import read_lists
from ddops.org.http.refusal import refusal
from ddops.org.http.retry import Retry
from ddops.org.http.series import past, read_series, why_refused
from ddops.org.http.transport import Transport
from ddops.org.site import web_url
from ddops.org.workers import Workers

WORKERS = 16
TELL_EVERY = 100
"""After how many bodies that were read a line says so."""
DUPLICATE = re.compile(r"Duplicate of an existing (?:\w+_)?id:\s*(\d+)")
"""How the API refuses a monitor that exists already (reference: API behaviour, idempotency)."""


class HttpOrg:
    """An org behind the HTTP API at `base_url` (`org.site.api_url` says which). Threads may share one.

    `cache` is the folder that bodies are kept in, None to keep none. `sleep` takes seconds, `clock` gives seconds that
    only go up. `on_progress` is given lines to show, from any thread. `is_sandbox` says what stands behind the
    address. Raises UsageError for a key that cannot be one, and where the org's web pages cannot be.
    """

    def __init__(
        self,
        config: OrgConfig,
        *,
        api_key: str,
        app_key: str,
        base_url: str,
        cache: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        on_progress: Callable[[str], None] | None = None,
        is_sandbox: bool = False,
        workers: int = WORKERS,
    ) -> None:
        for variable, key in ((config.api_key_env, api_key), (config.app_key_env, app_key)):
            if not re.fullmatch(r"[!-~]+", key):
                raise UsageError(f"org {config.name}: the key in {variable} is empty, or holds a blank or a line break")
        self._config = config
        self._is_sandbox = is_sandbox
        self._workers = workers
        self._web = f"sandbox://{config.name}" if is_sandbox else web_url(config)
        self._tell = on_progress or (lambda line: None)
        self._transport = Transport(base_url, api_key=api_key, app_key=app_key, connections=workers)
        self._retry = Retry(sleep, self._tell)
        self._limits = RateLimits(clock)
        # A sandbox has another port each time.
        self._cache = BodyCache(cache, self._web if is_sandbox else base_url, config.name, api_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the idle connections."""
        self._transport.close()

    @property
    def name(self) -> str:
        return self._config.name

    @property
    def is_sandbox(self) -> bool:
        return self._is_sandbox

    def url(self, kind: Kind, object_id: str) -> str:
        """`https://acme.datadoghq.com/monitors/123`, or `sandbox://ORG/monitors/123`, which no browser opens."""
        return self._web + kind.web.format(id=quote(object_id, safe=""))

    def read(
        self, kinds: Iterable[Kind], wanted: Callable[[Kind, Body], bool], dispensable: Set[str] = frozenset()
    ) -> Mapping[str, list[Body]]:
        """The objects that are wanted, by the kind's name, in the order of their ids. A dispensable kind whose list is
        refused (403, 404) is left out, unless every list is: that says something of the keys, not of the kinds.

        Where a list holds summaries, `wanted` judges those, and the bodies come from the cache as long as the summary's
        time of the last change is the cached one. An object that is deleted meanwhile is left out.
        """
        kinds = list(kinds)
        found: dict[str, dict[str, Body]] = {kind.name: {} for kind in kinds}
        refused: dict[str, ApiError] = {}

        def page(kind: Kind, query: Query) -> Json:
            try:
                return self._page(kind, query)
            except ApiError as error:
                if kind.name not in dispensable or error.status not in (403, 404):
                    raise
                refused[kind.name] = error
                return {kind.endpoint.listed: []} if kind.endpoint.listed else []

        with Workers(self._workers) as workers:
            count = dict.fromkeys(found, 0)
            for kind, items in read_lists([(kind, {}) for kind in kinds], page, workers, self._workers):
                found[kind.name].update((object_id(item), item) for item in items if wanted(kind, item))
                count[kind.name] += len(items)
                self._tell(f"{self.name}: {count[kind.name]:,} {kind.collection} listed")
            for kind in kinds:
                if not kind.endpoint.list_is_whole:
                    found[kind.name] = self._bodies(kind, found[kind.name], workers)
                if kind.endpoint.parts:
                    whole = workers.map(lambda body, kind=kind: self._with_parts(kind, body), found[kind.name].values())
                    found[kind.name] = {object_id(body): body for body in whole}
        if refused and len(refused) == len(kinds):
            raise next(iter(refused.values()))
        read = {name: bodies.values() for name, bodies in found.items() if name not in refused}
        return {name: sorted(bodies, key=lambda body: body["id"]) for name, bodies in read.items()}

    def get(self, kind: Kind, object_id: str) -> Body | None:
        call = calls.reading(kind, object_id)
        answer = self._call(call)
        if answer.status == 404 or (answer.ok and self._found_none(kind, call, answer)):
            return None
        body = self._object(kind, call, answer)
        if kind.endpoint.unlisted(body):
            return None
        if kind.endpoint.lookup is not None and not kind.endpoint.list_is_whole:
            call = calls.reading(kind, object_id, body)
            body = self._object(kind, call, self._call(call))
        return self._with_parts(kind, body)

    def create(self, kind: Kind, payload: Body) -> Body:
        """Creates an object. A refusal as a duplicate of one with the same marker means that it is there already.

        Raises NothingSent where it is certainly not created, and else ApiError; after one with status 0 or 5xx nobody
        knows.
        """
        call = calls.creation(kind, self._without_parts(kind, payload))
        answer = self._call(call, once=lambda: self._post(kind, call), look=lambda: self._look(kind, payload))
        if duplicate := DUPLICATE.search(answer.reason):
            existing = self.get(kind, duplicate[1])
            if existing is not None and _same_owner(kind, existing, payload):
                return existing
            hint = f"write `adopt: {duplicate[1]}` to take that one over, or change the name, the query or the message"
            raise refusal(call, answer, self._config, hint)
        return self._put_parts(kind, self._object(kind, call, answer), payload)

    def update(self, kind: Kind, object_id: str, payload: Body) -> Body:
        call = calls.update(kind, object_id, self._without_parts(kind, payload))
        try:
            return self._put_parts(kind, self._object(kind, call, self._call(call)), payload)
        finally:
            self._cache.forget(kind.name, object_id)

    def delete(self, kind: Kind, object_id: str) -> None:
        call = calls.deletion(kind, object_id)
        answer = self._call(call)
        if not answer.ok and answer.status != 404:
            raise refusal(call, answer, self._config)

    def validate(self, kind: Kind, payload: Body, object_id: str | None = None) -> None:
        call = calls.validation(kind, payload, object_id)
        if call is not None and not (answer := self._call(call)).ok:
            raise refusal(call, answer, self._config)

    def handles(self) -> Handles:
        return read_handles(self._ask)

    def metrics(self, since: int) -> frozenset[str]:
        answer = self._ask(calls.asking("/api/v1/metrics", [("from", str(since))]))
        return frozenset(map(str, answer.get("metrics") or ()))

    def metric_tags(self, metric: str) -> frozenset[str]:
        answer = self._ask(calls.asking("/api/v2/metrics/{name}/all-tags", name=metric))
        return frozenset(map(str, answer["data"]["attributes"].get("tags") or ()))

    def series(self, query: str, start: int, end: int) -> tuple[Series, ...]:
        call = past(query, start, end)
        answer = self._call(call)
        body = self._json(call, answer) if answer.ok else None
        if words := why_refused(body):  # it came with a success, and is the same as one that comes with a 400
            answer = Answer(400, reason=self._transport.redact(reason(400, {"error": words})))
        if not answer.ok:
            raise refusal(call, answer, self._config)
        try:
            return read_series(body)
        except ValueError:
            raise self._unreadable(call, answer, "one to a metric query") from None

    def _ask(self, call: Call) -> Json:
        answer = self._call(call)
        if not answer.ok:
            raise refusal(call, answer, self._config)
        return self._json(call, answer)

    def _call(
        self,
        call: Call,
        *,
        once: Callable[[], Answer] | None = None,
        look: Callable[[], Answer | None] | None = None,
    ) -> Answer:
        return self._retry.run(once or (lambda: self._once(call)), str(call), look)

    def _once(self, call: Call) -> Answer:
        if wait := self._limits.wait(call.limited_as):
            self._retry.wait(wait, f"{call}: the rate limit is used up")
        answer = self._transport.send(call)
        self._limits.note(call.limited_as, answer)
        return answer

    def _post(self, kind: Kind, call: Call) -> Answer:
        """A create whose answer is a success that cannot be read is one whose answer was lost."""
        answer = self._once(call)
        try:
            if answer.ok:
                self._object(kind, call, answer)
        except ApiError as error:
            return replace(answer, status=0, reason=error.reason)
        return answer

    def _look(self, kind: Kind, payload: Body) -> Answer | None:
        """The object with the payload's marker, None where there is none; a failure where that cannot be known."""
        ownership = owner(kind, payload)
        if ownership is None:
            return Answer(0, reason="the answer was lost, and the object has no marker to look for it by")
        query = {kind.endpoint.find: str(ownership.marker)} if kind.endpoint.find else {}
        try:
            with Workers(self._workers) as workers:
                pages = read_lists([(kind, query)], self._page, workers, self._workers)
                ids = [object_id(item) for _, items in pages for item in items if _same_owner(kind, item, payload)]
            if not ids:
                return None
            found = self._call(calls.reading(kind, min(ids)))
        except ApiError as error:
            return Answer(0, reason=f"the answer was lost, and looking for the object failed: {error}")
        if found.ok:
            return found
        if found.status == 404:
            return None
        # That this read was refused says nothing of the create.
        return Answer(0, reason=f"the answer was lost; {kind.name} {min(ids)} is there, but not read: {found.reason}")

    def _page(self, kind: Kind, query: Query) -> Json:
        call = calls.listing(kind, query)
        answer = self._call(call)
        if not answer.ok:
            raise refusal(call, answer, self._config)
        return self._json(call, answer)

    def _bodies(self, kind: Kind, summaries: Mapping[str, Body], workers: Executor) -> dict[str, Body]:
        modified = {id_: str(summary.get(kind.endpoint.modified) or "") for id_, summary in summaries.items()}
        bodies: dict[str, Body] = {}
        for id_, raw in self._cache.load(kind.name, modified).items():
            try:
                bodies[id_] = self._object(kind, calls.reading(kind, id_, summaries[id_]), Answer(200, body=raw))
            except ApiError:  # damaged: read it again
                pass
        missing = {id_: calls.reading(kind, id_, one) for id_, one in summaries.items() if id_ not in bodies}
        answers = {workers.submit(self._call, call): id_ for id_, call in missing.items()}
        fetched: dict[str, tuple[str, bytes]] = {}
        try:
            for future in as_completed(answers):
                id_, answer = answers[future], future.result()
                if answer.status == 404:
                    continue
                bodies[id_] = self._object(kind, missing[id_], answer)
                if modified[id_]:
                    fetched[id_] = modified[id_], answer.body
                if len(fetched) % TELL_EVERY == 0:
                    self._tell(f"{self.name}: {len(bodies):,} of {len(summaries):,} {kind.collection} read")
        finally:  # what was read before an error or Ctrl-C need not be read again
            self._cache.keep(kind.name, fetched, summaries)
        return bodies

    def _object(self, kind: Kind, call: Call, answer: Answer) -> Body:
        """The object that a success holds. Raises ApiError for anything else."""
        if not answer.ok:
            raise refusal(call, answer, self._config)
        body = kind.endpoint.wire.unwrap(self._json(call, answer))
        if body is None:
            raise self._unreadable(call, answer, f"a {kind.name}")
        return body

    def _found_none(self, kind: Kind, call: Call, answer: Answer) -> bool:
        """Whether the answer is the empty list of a search for one object."""
        return bool(kind.endpoint.item_query) and kind.endpoint.wire.unwrap(self._json(call, answer)) is None

    def _with_parts(self, kind: Kind, body: Body) -> Body:
        """The object with the fields that live at paths of their own."""
        whole = dict(body)
        for name, where in kind.endpoint.parts.items():
            call = calls.part(kind, name, object_id(body))
            answer = self._call(call)
            if not answer.ok:
                raise refusal(call, answer, self._config)
            whole[name] = self._json(call, answer)[where.field]
        return whole

    def _without_parts(self, kind: Kind, payload: Body) -> Body:
        parts = kind.endpoint.parts
        return {name: value for name, value in payload.items() if name not in parts} if parts else payload

    def _put_parts(self, kind: Kind, body: Body, payload: Body) -> Body:
        """Replaces the parts that the payload has, once the object is there."""
        whole = dict(body)
        for name in kind.endpoint.parts:
            if name not in payload:
                continue
            call = calls.part(kind, name, object_id(body), payload[name] or [])
            answer = self._call(call)
            if not answer.ok:
                raise refusal(call, answer, self._config)
            whole[name] = payload[name]
        return whole

    def _json(self, call: Call, answer: Answer) -> Json:
        try:
            return orjson.loads(answer.body)
        except orjson.JSONDecodeError:
            raise self._unreadable(call, answer, "JSON") from None

    def _unreadable(self, call: Call, answer: Answer, expected: str) -> ApiError:
        words = self._transport.redact(reason(answer.status, answer.body.decode(errors="replace")))
        return ApiError(
            f"the answer is not {expected}: {words}", status=answer.status, method=call.method, path=call.path
        )


def _same_owner(kind: Kind, live: Body, payload: Body) -> bool:
    theirs, ours = owner(kind, live), owner(kind, payload)
    return theirs is not None and ours is not None and theirs.marker == ours.marker
