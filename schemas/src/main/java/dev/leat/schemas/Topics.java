package dev.leat.schemas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Lane;

/**
 * The names of Leat's topics. All of them share one prefix ({@code leat.} by default), so that several installations
 * can live on one Kafka cluster.
 */
public record Topics(String prefix) {

    public static final String DEFAULT_PREFIX = "leat.";

    private static final String LANE = "jobs\\." + JobTypeName.PART_REGEX + "\\.(?:high|normal|low)";
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{1,60}[.-]");

    public Topics {
        if (!isPrefix(prefix)) {
            throw new IllegalArgumentException("Expected a topic prefix of letters, digits, '.', '_' and '-' that ends"
                    + " with '.' or '-', but got '" + prefix + "'");
        }
    }

    /** Whether the text can be the prefix of an installation. */
    public static boolean isPrefix(String text) {
        return PREFIX.matcher(text).matches();
    }

    /** The commands of one plugin in one lane. */
    public String jobs(String plugin, Lane lane) {
        return prefix + "jobs." + plugin + "." + lane.wireName();
    }

    /** The three lanes of a plugin, most urgent first. */
    public List<String> lanesOf(String plugin) {
        return Arrays.stream(Lane.values()).map(lane -> jobs(plugin, lane)).toList();
    }

    /** Commands of jobs that wait for their time or for their key. */
    public String pending() {
        return prefix + "pending";
    }

    /** Everything that happened to jobs. */
    public String events() {
        return prefix + "events";
    }

    /** What is asked of jobs: that they end, or that a claim stops. */
    public String control() {
        return prefix + "control";
    }

    /** Heartbeats, compacted by worker id. */
    public String workers() {
        return prefix + "workers";
    }

    /** What plugins offer, compacted by plugin id. */
    public String plugins() {
        return prefix + "plugins";
    }

    /** How the jobs of batches and schedules ended, keyed by batch or schedule. */
    public String notices() {
        return prefix + "notices";
    }

    /** Batches with their operations, and what is asked of them. */
    public String batches() {
        return prefix + "batches";
    }

    /** Batches that schedules and handlers want. */
    public String batchOrders() {
        return prefix + "batch-orders";
    }

    /** Batches with gaps, compacted by their names. */
    public String batchTemplates() {
        return prefix + "batch-templates";
    }

    /** Schedules, compacted by schedule id. */
    public String schedules() {
        return prefix + "schedules";
    }

    /** Limits and pauses of plugins, compacted by plugin id. */
    public String pluginSettings() {
        return prefix + "plugin-settings";
    }

    /** What plugins share among their workers, compacted by plugin and key. */
    public String pluginState() {
        return prefix + "plugin-state";
    }

    /** Raw records that could not be used, with headers that say why. */
    public String deadLetter() {
        return prefix + "dead-letter";
    }

    /** Matches the lane topics of every plugin, and no other topic. */
    public Pattern lanePattern() {
        return Pattern.compile(Pattern.quote(prefix) + LANE);
    }

    /** Matches all topics that hold commands, and no other topic: the lanes of every plugin, and {@link #pending}. */
    public Pattern commandPattern() {
        return Pattern.compile(Pattern.quote(prefix) + "(?:pending|" + LANE + ")");
    }

    /** Says which plugin's lane a topic is; empty where it is no lane of this installation. */
    public Optional<LaneOfPlugin> parseLane(String topic) {
        if (!topic.startsWith(prefix + "jobs.")) {
            return Optional.empty();
        }
        String rest = topic.substring(prefix.length() + "jobs.".length());
        int dot = rest.lastIndexOf('.');
        if (dot < 0 || !JobTypeName.isPluginId(rest.substring(0, dot))) {
            return Optional.empty();
        }
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.wireName().equals(rest.substring(dot + 1)))
                .findFirst()
                .map(lane -> new LaneOfPlugin(rest.substring(0, dot), lane));
    }

    /** One lane of one plugin. */
    public record LaneOfPlugin(String plugin, Lane lane) {}
}
