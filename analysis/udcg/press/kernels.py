"""Kernels that speak over private sockets where the system has them, and keep their own chatter out of the build's log."""

import os
import shutil
import subprocess
import tempfile
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class PrivateKernelManager(AsyncKernelManager):
    """Starts an ordinary kernel over ipc sockets in a folder of its own (tcp on Windows); its log goes nowhere."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = ""
        if os.name == "posix":
            self.folder = tempfile.mkdtemp(prefix="udcg-")
            self.transport = "ipc"
            self.ip = f"{self.folder}/kernel"

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        await super()._async_start_kernel(**kwargs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    start_kernel = _async_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if self.folder and not restart:
            shutil.rmtree(self.folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
