"""The parts of an event to its claim: contexts, CAMEO code, scores, place and date as the sentence bears them."""

from __future__ import annotations

from dragoman.coding.frames import Frame
from dragoman.coding.reading import Reader, Reading
from dragoman.coding.setting import Setting
from dragoman.model import DateSpan, Deed, Entity, Event, Evidence, Reason, Status, Trigger, content_id


class Maker(Reader):
    """Makes the claims of one sentence."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.setting = Setting(reading)

    def _to_come(self, date: DateSpan) -> bool:
        today = self.sentence.dates.fallback
        return today is not None and date.how != "document" and date.start > today.end

    def make(
        self,
        *,
        token: int,
        event_type: str,
        mode: str,
        frame: Frame | None,
        status: Status,
        actors: tuple[Entity, ...],
        recipients: tuple[Entity, ...],
        speaker: Entity | None,
        deed: Deed | None,
        date: DateSpan | None,
        due: DateSpan | None,
        why: list[Reason],
    ) -> Event:
        """An event claim with what follows from its parts: contexts, codes and scores, place, the document's date."""
        tree, sentence = self.tree, self.sentence
        passage = sentence.passage
        contexts = self.setting.contexts(frame)
        cameo = frame.cameo if frame is not None and frame.cameo and frame.event_type == event_type else ""
        cameo = cameo or self.ontology.cameo(event_type, mode, contexts, deed)
        trigger = Trigger(text=tree.words[token], start=tree.starts[token], end=tree.ends[token])
        if date is not None and status == "actual" and self._to_come(date):
            # What is told as done cannot have its day ahead: "agreed to cut emissions by 2030".
            date, due = None, due or date
        when = date or sentence.dates.fallback
        if when is not None and date is None:
            why.append(Reason(step="date", rule="document", detail="the text gives no date"))
        return Event(
            id=content_id(
                "event",
                sentence.document.id,
                str(trigger.start),
                str(trigger.end),
                event_type,
                mode,
                status,
                ",".join(e.country + e.text for e in actors),
                ",".join(e.country + e.text for e in recipients),
            ),
            evidence=Evidence(document=sentence.document.id, start=passage.start, end=passage.end, text=passage.text),
            trigger=trigger,
            event_type=event_type,
            mode=mode,
            contexts=contexts,
            status=status,
            actors=actors,
            recipients=recipients,
            date=when,
            place=self.setting.place(token),
            quad_class=self.ontology.quad(event_type),
            score=self.ontology.score(event_type, mode),
            cameo=cameo,
            goldstein=self.ontology.goldstein.get(cameo),
            speaker=speaker,
            of=deed,
            due=due,
            confidence=frame.confidence if frame is not None else 0.8,
            why=tuple(why),
        )
