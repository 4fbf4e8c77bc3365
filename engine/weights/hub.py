"""The model hub as a source of weights."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from httpx2 import HTTPError
from huggingface_hub import constants, get_session, hf_hub_url
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.file_download import http_get
from huggingface_hub.utils._headers import build_hf_headers
from huggingface_hub.utils.tqdm import disable_progress_bars

from engine.pool import Hub, WeightFile
from engine.weights.cache import Place
from engine.weights.checking import accept
from engine.weights.progress import Report, after, size_of, watching
from engine.weights.sources import SourceFailed

NAME = "the model hub"
SECONDS_TO_ANSWER = 4.0


def fetch_from_hub(
    place: Place, hub: Hub, files: Sequence[WeightFile], fetched: Report, checked: Report
) -> None:
    """Fetch the files of a repository's revision; what came of an interrupted one is taken up again.

    `fetched` and `checked` are called with the bytes so far of all the files together.
    Raises SourceFailed, and WeightsRefused when a file does not hash to what is stated.
    """
    require_reachable()
    partials = [place.incoming / f"{file.sha256[:16]}.hub" for file in files]
    done = 0
    for file, partial in zip(files, partials, strict=True):
        if size_of(partial) < file.bytes:
            with watching(partial, after(done, fetched)):
                download(hub, hub.revision, file.name, partial)
        done += file.bytes
        fetched(done)
    done = 0
    for file, partial in zip(files, partials, strict=True):
        accept(place, partial, file, NAME, after(done, checked))
        done += file.bytes


def download(hub: Hub, revision: str, name: str, partial: Path) -> None:
    """Fetch a file of the repository, going on behind what `partial` already holds. Raises SourceFailed.

    The hub's library has resumed no download of an earlier process since 2.0, but its transfer takes an offset.
    """
    url = hf_hub_url(hub.repository, name, revision=revision)
    with answering(hub), partial.open("ab") as file:
        http_get(url, file, resume_size=file.tell(), headers=build_hf_headers())


def require_reachable() -> None:
    """Raises SourceFailed within seconds where the hub does not answer at all.

    The hub's library retries for half a minute, and resolving its name alone may take as long, so it is asked
    once beforehand. Any answer counts.
    """
    if constants.is_offline_mode():
        raise SourceFailed("it is switched off by HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE")
    failures: list[Exception] = []

    def ask() -> None:
        try:
            get_session().head(constants.ENDPOINT, timeout=SECONDS_TO_ANSWER)
        except HTTPError as error:
            failures.append(error)

    asking = threading.Thread(target=ask, name="asking the hub", daemon=True)
    asking.start()
    asking.join(SECONDS_TO_ANSWER + 1)
    if asking.is_alive():
        raise SourceFailed(f"it did not answer within {SECONDS_TO_ANSWER:.0f} seconds")
    if failures:
        raise SourceFailed(f"it cannot be reached: {failures[0]}") from failures[0]


@contextmanager
def answering(hub: Hub) -> Iterator[None]:
    """Ask the hub's library in this block: that the hub cannot give something becomes SourceFailed."""
    disable_progress_bars()
    try:
        yield
    except GatedRepoError as error:
        raise SourceFailed(f"{hub.repository} is gated: accept its licence there and set HF_TOKEN") from error
    except RepositoryNotFoundError as error:
        raise SourceFailed(f"it has no {hub.repository}, or only for those who set HF_TOKEN") from error
    except RevisionNotFoundError as error:
        raise SourceFailed(f"{hub.repository} has no revision {hub.revision}") from error
    except EntryNotFoundError as error:
        raise SourceFailed(f"{hub.repository} at {hub.revision} lacks a stated file") from error
    except (HfHubHTTPError, HTTPError, HFValidationError, OfflineModeIsEnabled) as error:
        raise SourceFailed(str(error).splitlines()[0][:200]) from error
    except OSError as error:
        # Without a number it is the library's word that a file broke off; with one this machine's disk is at fault.
        if error.errno is not None:
            raise
        raise SourceFailed(str(error).splitlines()[0][:200]) from error
