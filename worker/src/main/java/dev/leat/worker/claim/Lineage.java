package dev.leat.worker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Who has committed a partition of late, tenure by tenure, each with the position that it found. Every commit carries
 * it as its metadata, so a worker that did not hear what became of its commit can tell from anybody's later commit how
 * far its own tenure had got: as far as the next one found the partition.
 *
 * @param links oldest first, at most {@value #LENGTH}
 */
public record Lineage(List<Link> links) {

    /** More changes of ownership than there can be while a worker waits for an answer. */
    static final int LENGTH = 8;

    private static final String FORM = "leat1";
    private static final Pattern LINK = Pattern.compile("(\\S+):(\\d{1,18})");

    /**
     * A tenure in which something was committed.
     *
     * @param tenure its id, unique among all workers
     * @param from where the partition was committed when it began
     */
    public record Link(String tenure, long from) {

        @Override
        public String toString() {
            return tenure + ":" + from;
        }
    }

    public Lineage {
        links = List.copyOf(links);
    }

    /** Reads what {@link #toString} wrote; anything else is a lineage that nobody has begun. */
    public static Lineage parse(String metadata) {
        List<Link> links = new ArrayList<>();
        List<String> words = List.of(metadata.split(" ", -1));
        if (!words.getFirst().equals(FORM)) {
            return new Lineage(List.of());
        }
        for (String word : words.subList(1, words.size())) {
            var link = LINK.matcher(word);
            if (!link.matches()) {
                return new Lineage(List.of());
            }
            links.add(new Link(link.group(1), Long.parseLong(link.group(2))));
        }
        return new Lineage(links);
    }

    /** The lineage with another tenure at its end, which found the partition committed at {@code from}. */
    public Lineage continuedBy(String tenure, long from) {
        List<Link> longer = new ArrayList<>(links);
        longer.add(new Link(tenure, from));
        return new Lineage(longer.subList(Math.max(0, longer.size() - LENGTH), longer.size()));
    }

    /**
     * How far a tenure committed.
     *
     * @param committed where the partition is committed, under this lineage
     * @return empty where the tenure is not known to have committed anything
     */
    public OptionalLong reachedBy(String tenure, long committed) {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).tenure().equals(tenure)) {
                return OptionalLong.of(i + 1 < links.size() ? links.get(i + 1).from() : committed);
            }
        }
        return OptionalLong.empty();
    }

    /** Whether older tenures may have been dropped. */
    public boolean isCut() {
        return links.size() >= LENGTH;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FORM);
        links.forEach(link -> text.append(' ').append(link));
        return text.toString();
    }
}
