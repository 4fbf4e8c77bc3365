"""The model hub as a source of weights."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from httpx2 import HTTPError
from huggingface_hub import constants, get_session, hf_hub_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils.tqdm import disable_progress_bars

from engine.pool import Hub, WeightFile
from engine.weights.cache import Place
from engine.weights.checking import accept
from engine.weights.progress import Report, after, watching
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
    growing = place.incoming / ".cache" / "huggingface" / "download"
    done = 0
    for file in files:
        with answering(hub), watching(growing, after(done, fetched)):
            hf_hub_download(
                hub.repository, file.name, revision=hub.revision, local_dir=place.incoming, etag_timeout=10
            )
        done += file.bytes
        fetched(done)
    done = 0
    for file in files:
        accept(place, place.incoming / file.name, file, NAME, after(done, checked))
        done += file.bytes


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
    except LocalEntryNotFoundError as error:
        raise SourceFailed(f"it stopped answering: {error.__cause__ or error}") from error
    except EntryNotFoundError as error:
        raise SourceFailed(f"{hub.repository} at {hub.revision} lacks a stated file") from error
    except (HfHubHTTPError, HTTPError, HFValidationError, OfflineModeIsEnabled) as error:
        raise SourceFailed(str(error).splitlines()[0][:200]) from error
    except OSError as error:
        # Without a number it is the library's word that a file broke off; with one this machine's disk is at fault.
        if error.errno is not None:
            raise
        raise SourceFailed(str(error).splitlines()[0][:200]) from error
