package dev.leat.testkit.guarantees;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.limit.PluginSetting.Pause;

/**
 * From a pause of a plugin to its end no worker takes a job of it: within a second where nothing is wrong, and where a
 * worker can hear nothing, within {@link #BOUND}, after which it would have lost its lease.
 */
public final class PausedStartsNothing implements Guarantee {

    /** How long after a pause a worker may take jobs that does not know of it. */
    public static final Duration BOUND = Calm.UNDER_WAY;

    private record Paused(Instant from, Instant until) {}

    @Override
    public List<String> violations(History history) {
        PluginRecords records = history.plugins();
        return records.plugins()
                .stream()
                .flatMap(plugin -> pauses(records.saidOf(plugin, Pause.class)).stream()
                        .flatMap(pause -> records.startsOf(plugin)
                                .stream()
                                .filter(start -> start.from().isAfter(pause.from().plus(BOUND))
                                        && start.from().isBefore(pause.until()))
                                .map(start -> "Expected no job of plugin " + plugin + " to start, as it was paused at "
                                        + pause.from() + ", but " + start.worker() + " took one for claim "
                                        + start.claim() + " at " + start.from())))
                .toList();
    }

    private static List<Paused> pauses(Map<Instant, Pause> said) {
        List<Paused> pauses = new ArrayList<>();
        Optional<Instant> since = Optional.empty();
        for (Map.Entry<Instant, Pause> one : said.entrySet()) {
            if (one.getValue().paused()) {
                since = since.or(() -> Optional.of(one.getKey()));
            } else {
                since.ifPresent(from -> pauses.add(new Paused(from, one.getKey())));
                since = Optional.empty();
            }
        }
        since.ifPresent(from -> pauses.add(new Paused(from, Instant.MAX)));
        return pauses;
    }
}
