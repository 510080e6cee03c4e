package io.parley.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as their widest cell, in which a Chinese character takes two places. */
final class Table {

    private static final String GAP = "  ";

    private Table() {}

    /** @param rows each with the same number of cells, without control characters ({@link PlainText}) */
    static List<String> lines(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        int[] widths = widths(rows);
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : GAP).append(row.get(i));
                // Nothing after the last cell: a long one must not push spaces onto a line of its own.
                line.append(i == row.size() - 1 ? "" : " ".repeat(widths[i] - DisplayWidth.of(row.get(i))));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
        }
        return widths;
    }
}
