package dev.leat.runtime.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds what someone probably meant by a name that does not exist.
 *
 * <p>Names are compared without regard to case by the number of letters to insert, drop, change or swap with their
 * neighbour. A name counts as near when at most a third of the longer one has to change, and at most one letter more than
 * in the nearest one.
 */
public final class NearestNames {
    private NearestNames() {}

    /** The at most {@code limit} names nearest to the given one, nearest first, equals in alphabetical order. */
    public static List<String> of(String given, Collection<String> known, int limit) {
        record Candidate(String name, int distance) {}
        String wanted = given.toLowerCase(Locale.ROOT);
        List<Candidate> near = known.stream()
                .distinct()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= longest(name, wanted) / 3)
                .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= longest(candidate.name(), wanted) / 3)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .toList();
        return near.stream()
                .filter(candidate -> candidate.distance() <= near.getFirst().distance() + 1)
                .limit(limit)
                .map(Candidate::name)
                .toList();
    }

    /** ` (did you mean "a" or "b"?)` for the end of a message, or nothing when no name is near. */
    public static String suggestion(String given, Collection<String> known) {
        List<String> near = of(given, known, 3).stream().map(name -> '"' + name + '"').toList();
        return near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
    }

    private static int longest(String one, String other) {
        return Math.max(one.length(), other.length());
    }

    /** The optimal string alignment distance. Quadratic, so callers give names, not documents. */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= to.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (swapped(from, i, to, j)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }

    private static boolean swapped(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
