// Where the names of a plot's points stand, so that they cover neither each other nor another point.

const LETTER = 6.6; // pixels of width, about
const LINE = 12; // pixels of height that letters take
const POINT = 8; // pixels from a point's middle to its name
const ABOVE = 10; // pixels above the plot that a name may take
const SIDES = ["middle right", "middle left", "top right", "bottom right", "top left", "bottom left"];

/** The `textposition` of each point {x, y, name} in pixels within `width`; where nothing is free, the first that fits. */
export function namePlaces(points, width) {
  const taken = points.map(({ x, y }) => ({ left: x - POINT + 2, right: x + POINT - 2, top: y - POINT + 2, bottom: y + POINT - 2 }));
  return points.map((point) => {
    const places = SIDES.map((side) => ({ side, ...room(point, side) }));
    const fitting = places.filter(({ left, right, top }) => left >= 0 && right <= width && top >= -ABOVE);
    const free = fitting.find((place) => !taken.some((other) => overlap(place, other)));
    const chosen = free ?? fitting[0] ?? places[0];
    taken.push(chosen);
    return chosen.side;
  });
}

function room({ x, y, name }, side) {
  const [upright, across] = side.split(" ");
  const wide = name.length * LETTER;
  const left = across === "right" ? x + POINT : x - POINT - wide;
  const middle = y + { top: -POINT, middle: 0, bottom: POINT }[upright] * 2;
  return { left, right: left + wide, top: middle - LINE / 2, bottom: middle + LINE / 2 };
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
