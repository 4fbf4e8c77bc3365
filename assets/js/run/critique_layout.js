// Where the experts of a graph of critiques stand, and how the lines between them run. All in pixels.

const LETTER = 7.4; // the width of a letter of a name
const LINE = 15; // the height of a line of a name
const ROOM = 12; // between a node and what is beside it
const BEND = 0.18; // how far a line leaves the straight way, as a share of its length
const HEAD = 8; // the length of an arrow's head, which is as wide

/** Experts around an ellipse in a box `width` wide, the first on top; two stand side by side. */
export function arrange(names, width) {
  const count = names.length;
  const radius = count > 6 ? 8 : 10;
  const height = count < 3 ? 130 : count < 4 ? 270 : count < 7 ? 330 : 460;
  const letters = Math.max(7, Math.min(16, Math.floor((width * 0.29) / LETTER)));
  const beside = count < 4 ? 11 * LETTER : letters * LETTER + radius + ROOM;
  const rx = Math.max(40, Math.min(width / 2 - beside, height * 0.75));
  const label = radius + ROOM + 2.4 * LINE;
  const drop = count < 4 ? Math.max(0, BEND * rx - ROOM) : 0; // the line between two experts side by side bends past their names
  const ry = height / 2 - label;
  const nodes = names.map((name, place) => {
    const angle = count < 3 ? Math.PI * (1 + place) : (2 * Math.PI * place) / count - Math.PI / 2;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return { name, x: width / 2 + rx * cos, y: height / 2 + ry * sin, side: count < 4 || Math.abs(cos) < 0.2 ? 0 : Math.sign(cos), below: count < 3 || sin > 0, drop };
  });
  return { width, height: Math.max(...nodes.map(({ y }) => y)) + label + drop, radius, letters, nodes };
}

/** A curve from node `a` to node `b`, bent to its right so that the way back is another line. */
export function curve(a, b, radius) {
  const control = { x: (a.x + b.x) / 2 - (b.y - a.y) * BEND, y: (a.y + b.y) / 2 + (b.x - a.x) * BEND };
  const start = towards(a, control, radius + 3);
  const end = towards(b, control, radius + 4);
  const back = towards(end, control, HEAD);
  const [along, across] = [(end.x - back.x) / 2, (end.y - back.y) / 2];
  return {
    line: `M${point(start)}Q${point(control)} ${point(back)}`,
    head: `M${point(end)}L${point({ x: back.x - across, y: back.y + along })}L${point({ x: back.x + across, y: back.y - along })}Z`,
    middle: { x: 0.25 * start.x + 0.5 * control.x + 0.25 * back.x, y: 0.25 * start.y + 0.5 * control.y + 0.25 * back.y },
  };
}

/** Where the `lines` of a node's label stand: each one's place, how they are anchored, and the box around them and the node. */
export function place(node, lines, radius) {
  const out = radius + 7;
  const width = Math.max(...lines.map((line) => line.length)) * LETTER;
  const height = lines.length * LINE;
  const beside = node.y - height / 2;
  const top = node.side ? beside : node.below ? node.y + out - 1 + node.drop : node.y - out - height + 3;
  const x = node.x + node.side * out;
  const left = node.side > 0 ? node.x - radius : node.side < 0 ? x - width : node.x - width / 2;
  const above = Math.min(top, node.y - radius);
  return {
    anchor: ["end", "middle", "start"][node.side + 1],
    at: (line) => ({ x, y: top + 12 + line * LINE }),
    box: { x: left, y: above, width: node.side ? out + width + radius : width, height: Math.max(top + height, node.y + radius) - above },
  };
}

/** A name in at most two lines of so many letters. */
export function wrap(name, letters) {
  const clip = (text) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
  if (name.length <= letters) return [name];
  const space = name.lastIndexOf(" ", letters);
  return space > 0 ? [clip(name.slice(0, space)), clip(name.slice(space + 1))] : [clip(name)];
}

/** The point so far from `from` on the way to `to`. */
function towards(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}

function point({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
