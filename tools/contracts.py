"""Our own import contract: a context is entered through its door, `api`, and through nothing else."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Doors(Contract):
    """Every package of `container` may be imported from outside only as `<package>.api` or as its bare name.

    `open_to_all` names packages without a door; `passing` those who may walk past every door. A package that
    appears tomorrow has a door without being named here.
    """

    type_name = "doors"

    container = fields.StringField()
    open_to_all = fields.ListField(subfield=fields.StringField())
    passing = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        container = str(self.container)
        unguarded = {f"{container}.{name}" for name in self.open_to_all}  # type: ignore[attr-defined]
        passing = {f"{container}.{name}" for name in self.passing}  # type: ignore[attr-defined]
        broken = [
            (importer, inner)
            for package in sorted(graph.find_children(container) - unguarded)
            for inner in sorted(graph.find_descendants(package) - {f"{package}.api"})
            for importer in sorted(graph.find_modules_that_directly_import(inner))
            if _package(importer) not in {package, *passing}
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, inner in check.metadata["broken"]:
            output.print_error(f"{importer} imports {inner}: go through {_package(inner)}.api", bold=False)


def _package(module: str) -> str:
    return ".".join(module.split(".")[:2])
