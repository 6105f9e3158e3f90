"""Functions compiled by Numba, kept on disk for the next process."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any


def compiled(
    *modules: ModuleType, inline: bool = False, called: Collection[str] = (), **options: Any
) -> dict[str, Any]:
    """The functions that modules name in `CALLEES_FIRST`, compiled, among all their other names.

    A function is compiled after those it calls, which it finds in a scope of their own. Numba looks
    for changes in the file of the outermost one only; so all that matters is part of the names.

    Args:
        modules: Those whose functions are called first. If they have `SIGNATURES`, by name, these
            functions are compiled here and now for them alone, and otherwise where first called.
        inline: Whether all but the last function are expanded where they are called. It pays where
            they hand on many arrays, each of which is counted.
        called: Names of those that are not expanded all the same. What stands in many places takes
            long to compile as often.
        options: Further ones of `numba.njit`.
    """
    from numba import njit

    scope: dict[str, Any] = {}
    signatures: dict[str, str] = {}
    for module in modules:
        scope |= vars(module)
        signatures |= getattr(module, "SIGNATURES", {})
    sources = b"".join(Path(str(module.__file__)).read_bytes() for module in modules)
    asked = repr((inline, sorted(called), options)).encode()
    version = hashlib.sha256(sources + asked).hexdigest()[:16]
    functions: list[FunctionType] = [plain for m in modules for plain in m.CALLEES_FIRST]
    for plain in functions:
        bound = FunctionType(plain.__code__, scope, plain.__name__)
        bound.__qualname__ = f"{plain.__name__}_{version}"
        expanded = inline and plain is not functions[-1] and plain.__name__ not in called
        options["inline"] = "always" if expanded else "never"
        signature = signatures.get(plain.__name__)
        try:
            scope[plain.__name__] = njit(signature, cache=True, **options)(bound)
        except RuntimeError:
            # Neither the package's folder nor the user's own can be written to.
            scope[plain.__name__] = njit(signature, **options)(bound)
    return scope
