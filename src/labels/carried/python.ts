/** The same in Python, for exported files: `Stream`, `words`, numpy (`np`), `math` and `torch` of `template.py` are at hand. */

/** The class `Carried`, which makes labels that carry `[count, width]` of inputs and classes, and the function `shown`. */
export const CARRIED_PYTHON = `
class Carried:
    """x · R, as large as the class's vector, which lies over its first units."""

    def __init__(self, cut, train):
        pixels, device = train.bytes.shape[1], train.bytes.device
        table = label_table(cut)
        self.size = (0 if table is None else label_rms(table)) or cut["scale"]
        weights = np.zeros((pixels, cut["width"]), dtype=np.float32)
        for unit in range(cut["coded"], cut["width"]):
            drawn = Stream(CONFIG["seed"], "carried", cut["index"], unit).normals(pixels)
            weights[:, unit] = self.size / math.sqrt(pixels) * drawn
        self.weights = torch.from_numpy(weights).to(device)
        over = (0, cut["width"] - cut["coded"])
        self.table = None if table is None else nn.functional.pad(table, over).to(device)
        self.noise = CONFIG["noise"] * self.size

    def __call__(self, x, classes):
        return x @ self.weights + (0 if self.table is None else self.table[classes])


def shown(key, step, classes):
    """The classes whose vectors a partition is shown in a step: those of a share of the samples are swapped."""
    drawn = words(key, 2 * step * CONFIG["batch"], 2 * len(classes)).reshape(-1, 2).astype(np.int64)
    swapped = torch.from_numpy(drawn[:, 0] >> 8 < math.floor(CONFIG["swap"] * 2**24 + 0.5))
    others = torch.from_numpy(drawn[:, 1] % CONFIG["classes"])
    return torch.where(swapped.to(classes.device), others.to(classes.device), classes)
`;
