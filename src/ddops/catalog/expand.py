"""One resource of a file to its specs: preset, `for_each`, overrides and variables resolved, the model checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ddops.address import KEY, MAX_TAG, NAME, Address, Marker
from ddops.catalog.combinations import Combination, combinations, key_part
from ddops.catalog.config import Config
from ddops.catalog.envelope import RESERVED, UNRESOLVED, WORDS, Envelope, Preset
from ddops.catalog.explain import explain, wrong_type
from ddops.catalog.ignores import read_ignores
from ddops.catalog.layers import Layer, Made, Origin, overlay
from ddops.catalog.nearest import quoted, unknown
from ddops.catalog.reader import Document
from ddops.catalog.references import Gap
from ddops.catalog.variables import Variables, Wrong
from ddops.catalog.words import misnamed
from ddops.errors import Problem
from ddops.kinds.contract import INHERITED, UNLIKE, Body, Kind, Setting, Spec
from ddops.location import Location, NodePath, dotted
from ddops.product import Product

KEY_WORDS = "lower case letters, digits, '-' and '_'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One resource as it stands in a file, before anything is resolved."""

    kind: Kind
    product: Product
    document: Document
    base: NodePath
    item: dict[str, Any]

    @property
    def layer(self) -> Layer:
        return Layer(self.document, self.base)


@dataclass(frozen=True, slots=True)
class Expansion:
    """Turns sources into specs. `problems` collects what is wrong, `made` what each spec is made of, `gaps` where
    resources are left out. Presets that there are and that cannot be used are None."""

    config: Config
    presets: Mapping[str, tuple[Preset, Document] | None]
    kinds: Mapping[str, Kind]
    sections: Mapping[str, frozenset[str] | None]
    problems: list[Problem] = field(default_factory=list)
    made: dict[tuple[str, Address], Made] = field(default_factory=dict)
    gaps: set[Gap] = field(default_factory=set)

    def specs(self, source: Source) -> Iterator[Spec]:
        gap = (source.product.product, source.kind.name)
        envelope = self._envelope(source)
        if envelope is None:
            self.gaps.add(gap)
            return
        orgs = self._orgs(source, envelope)
        self._overrides_match(source, envelope, orgs)
        for combination in combinations(envelope.for_each):
            for org in orgs:
                one = _One(self, source, envelope, combination, org)
                spec = one.spec()
                if spec is None:
                    self.gaps.add(gap)
                else:
                    self.made[org, spec.address] = one.made
                    yield spec

    def _envelope(self, source: Source) -> Envelope | None:
        layer = source.layer
        # `adopt` and `protect` can hold variables; they are checked once those are known.
        words = {name: value for name, value in source.item.items() if name in UNRESOLVED}
        try:
            envelope = Envelope.model_validate(words)
        except ValidationError as error:
            self.problems.extend(explain(error, Envelope, words, layer.locate))
            return None
        before = len(self.problems)
        if not NAME.fullmatch(envelope.key):
            self._wrong(layer, ("key",), f"{quoted(envelope.key)} is no key: {KEY_WORDS}")
        for name in RESERVED & envelope.for_each.keys():
            self._wrong(layer, ("for_each", name), f"${{{name}}} has a meaning already; take another name", key=True)
        for name, values in envelope.for_each.items():
            parts = [key_part(value) for value in values]
            for index, part in enumerate(parts):
                if part in parts[:index]:
                    self._wrong(layer, ("for_each", name, index), f"{quoted(part)} stands twice")
        for index, override in enumerate(envelope.overrides):
            for word in UNRESOLVED & override.set.keys():
                self._wrong(layer, ("overrides", index, "set", word), f"an override cannot set `{word}`", key=True)
        return envelope if len(self.problems) == before else None

    def _orgs(self, source: Source, envelope: Envelope) -> list[str]:
        """The orgs that the resource goes to; a product's unknown ones are said of the product."""
        if envelope.org is None:
            return [org for org in source.product.orgs if org in self.config.orgs]
        names = [envelope.org] if isinstance(envelope.org, str) else envelope.org
        for index, org in enumerate(names):
            if org not in self.config.orgs:
                path = ("org",) if isinstance(envelope.org, str) else ("org", index)
                self._wrong(source.layer, path, unknown("org", org, self.config.orgs))
        return [org for org in dict.fromkeys(names) if org in self.config.orgs]

    def _overrides_match(self, source: Source, envelope: Envelope, orgs: list[str]) -> None:
        """An override that can never match was meant otherwise."""
        known = {name: {key_part(value) for value in values} for name, values in envelope.for_each.items()}
        known["org"] = set(orgs)
        for index, override in enumerate(envelope.overrides):
            for name, wanted in override.match.items():
                path: NodePath = ("overrides", index, "match", name)
                if name not in known:
                    self._wrong(source.layer, path, unknown("variable", name, known), key=True)
                    continue
                for position, value in enumerate(_listed(wanted)):
                    if key_part(value) not in known[name]:
                        place = (*path, position) if isinstance(wanted, list) else path
                        self._wrong(source.layer, place, unknown(f"value of {name}", key_part(value), known[name]))

    def _wrong(self, layer: Layer, path: NodePath, message: str, *, key: bool = False) -> None:
        self.problems.append(Problem(layer.locate(path, key), message))


@dataclass(slots=True)
class _One:
    """One combination of a resource's `for_each` values, in one org. `wrong_at` are the places where something is
    wrong; where a part of the body is missing altogether, it `is_incomplete`."""

    expansion: Expansion
    source: Source
    envelope: Envelope
    combination: Combination
    org: str
    made: Made = field(default_factory=Made)
    wrong_at: set[Location] = field(default_factory=set)
    is_incomplete: bool = False

    def spec(self) -> Spec | None:
        source, kind = self.source, self.source.kind
        key = ".".join([self.envelope.key, *(value.text for value in self.combination.values())])
        if not self._valid_key(key):
            return None
        variables = self._variables(key)
        body = self._preset(variables)
        item = {name: value for name, value in source.item.items() if name not in UNRESOLVED}
        body = self._over(body, item, self._layer(), variables)
        for index, override in enumerate(self.envelope.overrides):
            if self._matches(override.match):
                body = self._over(body, override.set, self._layer("overrides", index, "set"), variables)
        adopt, protect = self._adopt(body.pop("adopt", None)), self._protect(body.pop("protect", False))
        inherits = self._words("inherit", body.pop("inherit", [*INHERITED]), INHERITED)
        unchecked = self._words("unchecked", body.pop("unchecked", []))
        self.made.ignores = read_ignores(body.pop("ignore", {}), self.made.locate, self._wrong)
        if self.is_incomplete:
            return None
        body = self._written_out(body)
        self._check(body, unchecked)
        if self.wrong_at:
            return None
        spec = Spec(
            address=Address(source.product.product, kind.name, key),
            org=self.org,
            product=source.product,
            body=body,
            variables={name: value.text for name, value in self.combination.items()},
            adopt=adopt,
            protect=protect,
            inherits=inherits,
            source=source.layer.locate(),
        )
        if unchecked and not _is_usable(spec, kind, self.expansion.config.setting):
            self._wrong(("unchecked",), "unchecked: what stands there is of a shape that ddops can do nothing with")
            return None
        return spec

    def _add(self, location: Location, message: str) -> None:
        self.wrong_at.add(location)
        self.expansion.problems.append(Problem(location, message))

    def _wrong(self, path: NodePath, message: str, *, key: bool = False) -> None:
        """Something is wrong with a value of the body."""
        self._add(self.made.locate(path, key), message)

    def _wrong_word(self, path: NodePath, message: str, *, key: bool = False) -> None:
        """Something is wrong with a word that the resource itself says."""
        self._add(self._layer().locate(path, key), message)

    def _wrong_in(self, layer: Layer) -> Wrong:
        def wrong(path: NodePath, message: str, *, key: bool = False) -> None:
            self._add(layer.locate(path, key), message)

        return wrong

    def _layer(self, *path: str | int) -> Layer:
        """A part of the resource as it stands, where `for_each` gives the variables."""
        return Layer(self.source.document, (*self.source.base, *path), self._in_for_each)

    def _in_for_each(self, name: str) -> Layer | None:
        variable, *settings = name.split(".")
        value = self.combination.get(variable)
        return None if value is None else Layer(self.source.document, (*self.source.base, *value.path, *settings))

    def _valid_key(self, key: str) -> bool:
        for value in self.combination.values():
            if not KEY.fullmatch(value.text):
                message = f"{quoted(value.text)} cannot stand in a key: {KEY_WORDS}"
                # The name of a value with settings is a key of a mapping itself.
                self._wrong_word(value.path, message, key=isinstance(value.path[-1], str))
        marker = str(Marker(self.expansion.config.workspace, self.source.product.product, key))
        if len(marker) > MAX_TAG:
            message = f"the marker '{marker}' is longer than the {MAX_TAG} characters of a tag; shorten the key"
            self._wrong_word(("key",), message)
        return not self.wrong_at

    def _variables(self, key: str) -> Variables:
        product = self.source.product
        texts: dict[str, Any] = {"product": product.product}
        members = product.variables(self.expansion.config.source_url)
        values: dict[str, Any] = {"product": members, "key": key, "org": self.org}
        always = Variables(dict(values), dict(texts), product.product, frozenset(self.expansion.kinds))
        for name, value in self.combination.items():
            texts[name] = value.plain
            values[name] = value.plain
            if value.members is not None:
                values[name] = always.resolve(value.members, self._wrong_in(self._layer(*value.path)))
        return Variables(values, texts, always.product, always.kinds)

    def _over(self, body: Body, above: Body, layer: Layer, variables: Variables) -> Body:
        self.made.layers.append(layer)
        return overlay(body, variables.resolve(above, self._wrong_in(layer)))  # type: ignore[no-any-return]

    def _preset(self, variables: Variables) -> Body:
        name, given = self.envelope.preset, self.envelope.with_
        if name is None:
            if given:
                self._wrong_word(("with",), "`with` gives parameters to a `preset`, and there is none", key=True)
            return {}
        found = self.expansion.presets.get(name)
        if found is None:
            self.is_incomplete = True
            # Where the whole folder cannot be read, its name is "".
            if not {name, ""} & self.expansion.presets.keys():
                self._wrong_word(("preset",), unknown("preset", name, self.expansion.presets))
            return {}
        preset, document = found
        if preset.kind != self.source.kind.name:
            self.is_incomplete = True
            message = f"the preset '{name}' is for the kind '{preset.kind}', not '{self.source.kind.name}'"
            self._wrong_word(("preset",), message)
            return {}
        for parameter in given:
            if parameter not in preset.parameters:
                self._wrong_word(("with", parameter), unknown("parameter", parameter, preset.parameters), key=True)
        places: dict[str, Layer] = {}
        parameters: dict[str, Any] = {}
        for parameter, about in preset.parameters.items():
            if parameter in given:
                value, layer = given[parameter], self._layer("with", parameter)
            elif "default" in about.model_fields_set:
                value, layer = about.default, Layer(document, ("parameters", parameter, "default"), self._in_for_each)
            else:
                self.is_incomplete = True
                self._wrong_word(("preset",), f"the preset '{name}' needs the parameter '{parameter}' (under `with`)")
                continue
            places[parameter] = layer
            parameters[parameter] = variables.resolve(value, self._wrong_in(layer))
        if self.is_incomplete:
            return {}
        inside = Variables(
            {**variables.values, **parameters}, {**variables.texts, **parameters}, variables.product, variables.kinds
        )
        return self._over({}, preset.body, Layer(document, ("body",), _either(places, self._in_for_each)), inside)

    def _matches(self, match: Mapping[str, Any]) -> bool:
        mine = {name: value.text for name, value in self.combination.items()} | {"org": self.org}
        return all(mine.get(name) in {key_part(value) for value in _listed(wanted)} for name, wanted in match.items())

    def _adopt(self, adopt: Any) -> str | int | None:
        if isinstance(adopt, dict):
            for org in adopt:
                if org not in self.expansion.config.orgs:
                    self._wrong(("adopt", org), unknown("org", org, self.expansion.config.orgs), key=True)
            adopt = adopt.get(self.org)
        if adopt is None or adopt == "":
            return None
        if isinstance(adopt, bool) or not isinstance(adopt, str | int):
            self._wrong(("adopt",), "adopt: should be the id of a live object, or a map from org to id")
            return None
        return adopt

    def _protect(self, protect: Any) -> bool:
        if not isinstance(protect, bool):
            self._wrong(("protect",), f"protect: {wrong_type('true or false', protect)}")
            return False
        return protect

    def _words(self, name: str, words: Any, known: Collection[str] | None = None) -> frozenset[str]:
        """A list of words, of the known ones where it matters."""
        if not isinstance(words, list):
            self._wrong((name,), f"{name}: {wrong_type('a list', words)}")
            return frozenset()
        for index, word in enumerate(words):
            if not isinstance(word, str):
                self._wrong((name, index), f"{name}[{index}]: {wrong_type('text', word)}")
            elif known is not None and word not in known:
                self._wrong((name, index), unknown(f"word of `{name}`", word, known))
        return frozenset(word for word in words if isinstance(word, str))

    def _written_out(self, body: Body) -> Body:
        """The body without the kind's short forms."""
        expanded = self.source.kind.expanded(body)
        for fault in expanded.faults:
            if fault.known is None:
                self._wrong(fault.path, f"{dotted(fault.path)}: {fault.message}")
            else:
                self._wrong(fault.path, unknown(fault.message, str(fault.path[-1]), fault.known), key=True)
        self.made.origin = expanded.origin
        return expanded.body

    def _check(self, body: Body, unchecked: frozenset[str]) -> None:
        """Checks the body by the kind's model, but for what stands at the paths that are `unchecked`. What stands where
        something is wrong already says no more."""
        kind, product = self.source.kind, self.source.product
        # A file that is one resource could have been meant as a list of them.
        words = WORDS if self.source.base else WORDS | {kind.collection}
        try:
            kind.model.model_validate(body)
        except ValidationError as error:
            before = set(self.wrong_at)
            problems = explain(error, kind.model, body, self.made.locate, words, self.made.origin, unchecked)
            for problem in problems:
                if problem.location not in before:
                    self._add(problem.location, problem.message)
            if problems:
                return
        for path, message in misnamed(body, kind.ours, product, self.expansion.sections[product.product]):
            if self.made.locate(path) not in self.wrong_at:
                self._wrong(path, message)


def _is_usable(spec: Spec, kind: Kind, setting: Setting) -> bool:
    """Whether all that is done with a spec can be done where no model has looked at some of it."""
    try:
        payload = kind.payload(spec, setting)
        [*kind.refers(payload)], kind.natural(payload), kind.marking.owner(payload)
        if kind.normal.rewritten is not None:
            kind.normal.rewritten(payload)
        if kind.normal.conditional is not None:
            [*kind.normal.conditional(payload, payload)]
    except UNLIKE:
        return False
    return True


def _listed(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _either(places: Mapping[str, Layer], origin: Origin) -> Origin:
    """Where a preset's variables come from: its parameters first."""

    def found(name: str) -> Layer | None:
        parameter, *members = name.split(".")
        if parameter not in places:
            return origin(name)
        place = places[parameter]
        return Layer(place.document, (*place.base, *members), place.origin)

    return found
