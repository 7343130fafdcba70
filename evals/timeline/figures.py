"""The figures of a ledger, with their meaning in one line."""

from __future__ import annotations

from evals.metrics.score import Figure

LEDGER_FIGURES: dict[str, Figure] = {
    figure.name: figure
    for figure in (
        Figure("ledger.milestones_f1", "Milestones in one entry, F1", "ledger: milestones", "higher",
               "pairs of mentions: 2 × rightly together ∕ (together in the ledger + together in the labels)"),
        Figure("ledger.milestones_precision", "Pairs rightly together", "ledger: milestones", "higher",
               "share of the pairs of mentions in one entry that are one event"),
        Figure("ledger.milestones_recall", "Pairs brought together", "ledger: milestones", "higher",
               "share of the pairs of mentions of one event that are in one entry"),
        Figure("ledger.milestones_across", "… across languages", "ledger: milestones", "higher",
               "the same over pairs of articles in two languages"),
        Figure("ledger.milestones_coverage", "Labelled mentions summarised", "ledger: milestones", "higher",
               "share of the labelled mentions that the summaries have; only these can be in a pair"),
        Figure("ledger.actors_f1", "Actors in one entry, F1", "ledger: actors", "higher",
               "pairs of mentions of actors in two articles, as for milestones"),
        Figure("ledger.actors_precision", "Pairs rightly together", "ledger: actors", "higher",
               "share of the pairs of mentions under one actor that are one actor"),
        Figure("ledger.actors_recall", "Pairs brought together", "ledger: actors", "higher",
               "share of the pairs of mentions of one actor that are under one actor"),
        Figure("ledger.actors_across", "… across languages", "ledger: actors", "higher",
               "the same over pairs of articles in two languages"),
        Figure("ledger.actors_coverage", "Labelled mentions summarised", "ledger: actors", "higher",
               "share of the labelled mentions that the summaries have"),
        Figure("ledger.threads_f1", "Stages in one thread, F1", "ledger: threads", "higher",
               "pairs of mentions of different events: 2 × rightly in one thread ∕ (in the ledger + in the labels)"),
        Figure("ledger.threads_order", "Stages in order", "ledger: threads", "higher",
               "share of the pairs rightly in one thread, and not in one entry, that stand in the labelled order"),
        Figure("ledger.conflicts_recall", "Conflicts found", "ledger: conflicts", "higher",
               "share of the labelled conflicts whose two sides the summaries carry that the ledger shows"),
        Figure("ledger.conflicts_precision", "Conflicts rightly shown", "ledger: conflicts", "higher",
               "share of the conflicts shown that are labelled"),
        Figure("ledger.conflicts_reach", "Conflicts within reach", "ledger: conflicts", "higher",
               "share of the labelled conflicts whose two sides the summaries carry"),
        Figure("ledger.compatible", "Compatible statements left alone", "ledger: conflicts", "higher",
               "share of the labelled statements that differ and agree which are not set against each other"),
    )
}  # fmt: skip
