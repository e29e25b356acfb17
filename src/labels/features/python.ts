/** The same in Python, for exported files: `Stream`, numpy (`np`), `math` and `torch` of `template.py` are at hand. */
import { BLUR, BLUR_RADIUS, MARGIN, SIDE, WINDOW } from './directions.ts';
import { FEATURE_NOISE, SAMPLE, SILENT } from './features.ts';

/** The function `feature_directions` and the class `Features`, which makes features `[count, width]` of inputs. */
export const FEATURES_PYTHON = `
FEATURE_NOISE = ${FEATURE_NOISE}


def feature_directions(pixels, cut):
    """Random filters that are smooth and see a part of the image, each of length 1: [pixels, width]."""
    side, columns = math.isqrt(pixels), []
    unit = side / ${SIDE}
    radius = max(1, math.floor(${BLUR_RADIUS} * unit + 0.5))
    kernel = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * (${BLUR} * unit) ** 2))
    places = np.arange(side)
    for index in range(cut["width"]):
        stream = Stream(CONFIG["seed"], "features", cut["index"], index)
        column = stream.normals(pixels)
        if side * side == pixels and pixels > 1:
            blur = lambda line: np.convolve(np.pad(line, radius), kernel, mode="valid")
            picture = np.apply_along_axis(blur, 0, np.apply_along_axis(blur, 1, column.reshape(side, side)))
            row, across = (${MARGIN} + ${SIDE - 2 * MARGIN} * (stream.words(2) / 2**32)) * unit
            distance = (places[:, None] - row) ** 2 + (places[None, :] - across) ** 2
            column = (picture * np.exp(-distance / (2 * (${WINDOW} * unit) ** 2))).reshape(-1)
        columns.append(column / (np.sqrt((column**2).sum()) or 1))
    return np.stack(columns, axis=1).astype(np.float32)


class Features:
    """relu(x · A + b): each feature answers to three images of ten, and all have rms 1 over some training images."""

    size, noise, table = 1, FEATURE_NOISE, None

    def __init__(self, cut, train):
        weights = feature_directions(train.bytes.shape[1], cut).astype(np.float64)
        some = train.bytes[:${SAMPLE}].cpu().numpy() * train.scale + train.shift
        answers = some @ weights
        thresholds = np.sort(answers, axis=0)[int(${SILENT} * len(some))]
        size = np.sqrt((np.maximum(answers - thresholds, 0) ** 2).mean()) or 1
        self.weights = torch.from_numpy((weights / size).astype(np.float32)).to(train.bytes.device)
        self.bias = torch.from_numpy((-thresholds / size).astype(np.float32)).to(train.bytes.device)

    def __call__(self, x, classes):
        return torch.relu(x @ self.weights + self.bias)
`;
