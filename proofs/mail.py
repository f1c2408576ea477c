"""A mail server that refuses, hangs, or dies after it took a mail: none lost, and whatever comes twice says so.

The worker is set up as in production. Waiting is shortened by moving the time of the next attempt in the rows.
"""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes

from proofs.house import House, wait_until
from proofs.record import Finding

HANG = 30  # seconds: longer than the worker waits


class Server(threading.Thread):
    """Just enough SMTP. `mood` decides for each mail: take, refuse (4xx or no line at all), hang, or die after DATA."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.took: Counter[str] = Counter()
        self.moods: Counter[str] = Counter()
        self.odds = {"take": 8, "refuse": 2, "drop": 2, "die": 2}
        self.port = 0
        self.listens = threading.Event()

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.listens.set()
        await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mood = random.choices([*self.odds], [*self.odds.values()])[0]
        self.moods[mood] += 1
        if mood == "hang":
            await asyncio.sleep(HANG)
        if mood in ("take", "refuse", "die"):
            writer.write(b"220 proof\r\n")
            await self._follow(reader, writer, mood)
        writer.close()

    async def _follow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mood: str) -> None:
        while line := (await reader.readline()).strip().upper():
            if line.startswith(b"MAIL") and mood == "refuse":
                writer.write(b"451 Not now\r\n")
            elif line == b"DATA":
                writer.write(b"354 Go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                self.took[str(message_from_bytes(letter)["Message-ID"])] += 1
                if mood == "die":
                    return
                writer.write(b"250 Taken\r\n")
            elif line == b"QUIT":
                writer.write(b"221 Bye\r\n")
                return
            else:
                writer.write(b"250 Yes\r\n")


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    mails, hanging = (40, 1) if quick else (500, 6)
    house.open()
    from proofs.world import World, undone

    world, server = World(), Server()
    server.start()
    server.listens.wait(10)
    world.post_mails(world.updates(len(world.states)), range(mails))
    house.worker(**as_in_production(server.port))
    server.odds |= {"hang": 1}
    wait_until(lambda: _again(house) and server.moods["hang"] >= hanging, "a server that hangs", pause=2)
    del server.odds["hang"]
    wait_until(lambda: _again(house) or not undone(), "the rest to be sent", pause=2)
    wait_until(lambda: not (_again(house) and undone()), "the rest to be sent", seconds=900, pause=2)
    yield from _count(server, mails)


def _again(house: House) -> bool:
    """The hour after which it is tried again has come."""
    from django.db.models.functions import Now

    from common.scope import PROGRAMME, scope
    from notices.models import Mail

    with scope(PROGRAMME):
        Mail.objects.filter(status="queued").update(not_before=Now())
    house.sweep()
    return True


def _count(server: Server, mails: int) -> Iterator[Finding]:
    from common.scope import PROGRAMME, scope
    from notices.models import Mail

    with scope(PROGRAMME):
        owed = {mail.message_id: mail.status for mail in Mail.objects.all()}
    lost = [sent for sent in owed if server.took[sent] == 0]
    failed = [sent for sent, status in owed.items() if status != "done"]
    foreign = server.took.keys() - owed.keys()
    again = sum(server.took.values()) - len(server.took)
    moods = ", ".join(f"{count} × {mood}" for mood, count in sorted(server.moods.items()))
    yield Finding(f"{mails} mails ({moods}): {len(lost)} lost", len(owed) == mails and not lost)
    yield Finding(f"{len(failed)} given up", not failed)
    yield Finding(f"{again} came again, under their own Message-ID", not foreign and again <= server.moods["die"])


def as_in_production(port: int) -> dict[str, str]:
    """The settings that a trial does without; there is no TLS to this server."""
    return {
        "OAS_DEBUG": "0",
        "OAS_TRIAL": "0",
        "OAS_HOSTS": "localhost",
        "OAS_FIELD_KEYS": "cHJvb2ZwcmJvb2Zwcm9vZnByb29mcHJvb2Zwcm9vZnA=",
        "OAS_MAIL_FROM": "OAS Cyber <no-reply@example.org>",
        "OAS_SECURITY_CONTACT": "mailto:security@example.org",
        "OAS_SECURITY_EXPIRES": "2099-12-31",
        "OAS_SMTP_HOST": "127.0.0.1",
        "OAS_SMTP_PORT": str(port),
        "OAS_SMTP_TLS": "0",
    }
