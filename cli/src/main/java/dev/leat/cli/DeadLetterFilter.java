package dev.leat.cli;

import java.util.Optional;

import picocli.CommandLine.Option;

import dev.leat.cli.http.Query;

/** Which dead letters. */
final class DeadLetterFilter {

    @Option(names = "--reason", paramLabel = "REASON", description = "Only with this reason, such as wrong-partition.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those that come from this topic.")
    private Optional<String> topic = Optional.empty();

    @Option(names = "--plugin", paramLabel = "PLUGIN", description = "Only those that come from a lane of this plugin.")
    private Optional<String> plugin = Optional.empty();

    Query on(Query query) {
        return query.with("reason", reason).with("topic", topic).with("plugin", plugin);
    }

    boolean isEmpty() {
        return reason.isEmpty() && topic.isEmpty() && plugin.isEmpty();
    }
}
