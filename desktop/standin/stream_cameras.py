"""All cameras of the city as the picture service wants them, made as they are asked for."""

from collections.abc import Iterator, Mapping

from desktop.domain.cameras import Camera
from desktop.standin.centre import camera_sites
from desktop.standin.video.catalogue import scene_of, take_of
from desktop.standin.video.hub import StreamCamera

_LOOP_S = 12.0


class StreamCameras(Mapping[str, StreamCamera]):
    """By camera_id; 50,000 without keeping one."""

    def __init__(self, cameras: Mapping[str, Camera]) -> None:
        self._cameras = cameras
        self._phase_s = {site.camera.camera_id: site.phase_s for site in camera_sites()}

    def __getitem__(self, camera_id: str) -> StreamCamera:
        camera = self._cameras[camera_id]
        phase_s = self._phase_s.get(camera_id)
        if phase_s is None:
            phase_s = int(camera_id[4:]) * 1.7 % _LOOP_S
        scene = scene_of(camera.tags)
        return StreamCamera(camera_id, camera.name, scene, phase_s, take_of(camera_id, scene))

    def __contains__(self, camera_id: object) -> bool:
        return camera_id in self._cameras

    def __iter__(self) -> Iterator[str]:
        return iter(self._cameras)

    def __len__(self) -> int:
        return len(self._cameras)
