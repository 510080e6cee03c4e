package io.parley.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known name that somebody probably meant. */
public final class Nearest {

    /** Longer names are not typing errors; this also bounds the work on a hostile file. */
    private static final int MAX_CHARACTERS = 100;

    private Nearest() {}

    /** The known name nearest to {@code name}; empty when none is near. */
    public static String to(String name, Collection<String> known) {
        if (name.length() > MAX_CHARACTERS) {
            return "";
        }
        int tolerated = Math.max(2, name.length() / 4);
        return known.stream()
                .min(Comparator.comparingInt(each -> edits(plain(name), plain(each))))
                .filter(best -> edits(plain(name), plain(best)) <= tolerated)
                .orElseGet(() -> inAnotherSection(name, known));
    }

    /** The one key that ends in the same word; empty when there is none, or more than one. */
    private static String inAnotherSection(String name, Collection<String> known) {
        List<String> same = known.stream()
                .filter(each -> lastWord(each).equals(lastWord(name)))
                .toList();
        return same.size() == 1 ? same.get(0) : "";
    }

    private static String lastWord(String name) {
        return plain(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Case, dashes and underscores are not mistakes worth a count: somebody wrote pool_size for poolSize. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    /** Insertions, deletions and replacements that turn one into the other. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
