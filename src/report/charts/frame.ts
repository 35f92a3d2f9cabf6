import type { Analysis } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { accountLines, hostLine } from '../wording.js';
import { brushFont, font, ink, wrapped } from './ink.js';
import { type Brush, type PicturePlugin, pictureSize } from './picture.js';

const margin = 28;

/** What surrounds every chart: the question in short, where and how it was measured, and a line on how to read it. */
export interface Frame {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly caption: string;
}

/** Subtitle of a chart of one account. */
export function subtitle(analysis: Analysis, account: Account, rest = ''): string[] {
  return [hostLine(analysis), `${account}: ${accountLines[account]}${rest === '' ? '' : ` · ${rest}`}`];
}

/** Room that the frame and, on the right, the labels take. */
export function padding(frame: Frame, right: number) {
  return {
    left: margin - 8,
    right,
    top: margin + 40 + 26 * frame.subtitle.length + 14,
    bottom: margin + 24 * captionRows(frame),
  };
}

function captionRows(frame: Frame): number {
  return Math.max(1, Math.ceil(frame.caption.length / 125));
}

/**
 * Title and subtitle at the left edge, where reading begins, and the caption at the bottom. chart.js centres its own
 * titles over the plot and cuts long lines; here they wrap.
 */
export function framePlugin(frame: Frame): PicturePlugin {
  return {
    id: 'frame',
    afterDraw: (chart) => {
      const brush: Brush = chart.ctx;
      const { width, height } = pictureSize;
      brush.save();
      brush.textBaseline = 'alphabetic';
      brush.textAlign = 'left';
      write(brush, frame.title, brushFont(28, 600), ink.text, margin + 24);
      for (const [row, line] of frame.subtitle.entries()) {
        write(brush, line, brushFont(17), ink.quiet, margin + 56 + 26 * row);
      }
      brush.font = brushFont(16);
      const lines = wrapped(brush, frame.caption, width - 2 * margin);
      for (const [row, line] of lines.entries()) {
        write(brush, line, brushFont(16), ink.quiet, height - 16 - 24 * (lines.length - 1 - row));
      }
      brush.restore();
    },
  };
}

function write(brush: Brush, text: string, textFont: string, colour: string, y: number): void {
  brush.font = textFont;
  brush.fillStyle = colour;
  brush.fillText(wrapped(brush, text, pictureSize.width - 2 * margin)[0] ?? '', margin, y);
}

/** Title of an axis, for chart.js. */
export function scaleTitle(text: string) {
  return { display: true, text, font: font(18, 600), color: ink.text };
}
