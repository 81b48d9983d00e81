package dev.leat.plugins.site;

import dev.leat.plugins.site.content.Problem;
import java.util.ArrayList;
import java.util.List;

/** The first hundred problems, and how many there are; one thread. */
final class Problems {

    private static final int SHOWN = 100;

    private final List<Problem> first = new ArrayList<>();
    private int count;

    void add(String file, String reason) {
        addAll(List.of(new Problem(file, reason)));
    }

    void addAll(List<Problem> problems) {
        problems.stream().limit(SHOWN - first.size()).forEach(first::add);
        count += problems.size();
    }

    List<Problem> first() {
        return List.copyOf(first);
    }

    int count() {
        return count;
    }
}
