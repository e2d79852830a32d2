"""What there is in a repository on the hub, asked through huggingface_hub."""

import logging

from huggingface_hub import HfApi, hf_hub_url
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from vexgui.core.errors import ModelUnavailable
from vexgui.models.hub.files import HubFile, Listing

OFFLINE = "Connect to a network and try again; models that are here work without one."


def listing(repository: str, timeout_s: float) -> Listing:
    """Return the files of a repository as they are now, each with its size and digest.

    Raises:
        ModelUnavailable: There is no network, no hub, no such repository, or no sense in the answer.
    """
    try:
        info = HfApi().model_info(repository, files_metadata=True, timeout=timeout_s, token=False)
        files = tuple(
            HubFile(one.rfilename, int(one.size or 0), one.lfs.sha256 if one.lfs else str(one.blob_id))
            for one in info.siblings or ()
        )
    except RepositoryNotFoundError as error:  # which the library calls a gated one as well
        raise ModelUnavailable(f"The hub does not give out {repository}.", "Choose another model.") from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise ModelUnavailable(f"The hub is out of order (HTTP {status}).", "Try again later.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelUnavailable(
            f"The hub describes {repository} in a way that makes no sense.", "Try again later."
        ) from error
    except Exception as error:  # the edge to the library and the network below it, whose errors have no common class
        logging.getLogger(__name__).info("%s could not be listed: %r", repository, error)
        raise ModelUnavailable(
            "There is no network, or the hub that has the model cannot be reached through it.", OFFLINE
        ) from error
    return Listing(repository, str(info.sha), files)


def address(repository: str, commit: str, name: str) -> str:
    """Return where a file of a repository can be fetched."""
    return hf_hub_url(repository, name, revision=commit)
