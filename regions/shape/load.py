"""YAML documents to specs."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from regions.errors import SpecError
from regions.files import read_text
from regions.shape.bounds import default_window
from regions.shape.definitions import Context
from regions.shape.model import Expectation, Spec
from regions.shape.names import name_from_stem
from regions.shape.references import References
from regions.shape.schema import SpecBody, grammar, too_deep
from regions.shape.wording import problems
from regions.text.document import MAX_NESTING, MAX_TEXT, Language, read_document
from regions.text.places import Document
from regions.text.wording import described

SPEC = Language(SpecError, "shape", "keep long lists of points in a GeoJSON or WKT file")


def load(path: str | os.PathLike[str], *, allow_outside: bool = False) -> Spec:
    """The spec in a YAML file.

    Args:
        path: The file; names of other files in it start from its folder.
        allow_outside: Whether it may name files outside its folder.

    Raises:
        SpecError: The file cannot be read, or its content is refused; lists every problem with
            file, line, column and path in the document.
    """
    file = Path(path)
    text = read_text(file, MAX_TEXT, SpecError)
    return loads(text, file=file, folder=file.parent, allow_outside=allow_outside)


def loads(
    text: str,
    *,
    file: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
    allow_outside: bool = False,
) -> Spec:
    """The spec in a YAML text.

    Args:
        text: The document.
        file: Named in problems; its stem is the spec's name where the document gives none.
        folder: Where names of other files start; without one the document may name none.
        allow_outside: Whether it may name files outside `folder`.

    Raises:
        SpecError: As `load`.
    """
    shown = None if file is None else os.fspath(file)
    document = read_document(text, shown, SPEC)
    references = References(None if folder is None else Path(folder), allow_outside)
    context = Context(references)
    context.effort.allow(len(text))
    body = _validated(document, context)
    window = body.window or default_window(body.shape)
    assert window is not None  # SpecBody refuses unbounded shapes without a window.
    return Spec(
        name=body.name or name_from_stem(Path(shown).stem if shown else "shape"),
        shape=body.shape,
        window=window,
        about=body.about or "",
        group=body.group or "",
        expect=body.expect or Expectation(),
    )


def _validated(document: Document, context: Context) -> SpecBody:
    """The document's data as a model; everything it breaks is raised at once."""
    if not isinstance(document.data, dict):
        message = f"found {described(document.data)}; give a mapping with `shape:`"
        raise SpecError([document.problem((), message)])
    if document.data.get("type") in ("FeatureCollection", "Feature", "Polygon", "MultiPolygon"):
        message = "this is GeoJSON; name the file in a spec: `shape: {geojson: FILE}`"
        raise SpecError([document.problem((), message)])
    deep = too_deep(document.data)
    if deep is not None:
        message = f"shapes are nested more than {MAX_NESTING} deep; flatten the tree"
        raise SpecError([document.problem(deep, message, at_key=True)])
    try:
        return SpecBody.model_validate(document.data, context=context)
    except ValidationError as error:
        raise SpecError(problems(document, error, grammar)) from None
