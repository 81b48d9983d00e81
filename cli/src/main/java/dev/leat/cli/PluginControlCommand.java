package dev.leat.cli;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/** What an operator says about one plugin. */
abstract class PluginControlCommand extends ApiCommand {

    @Parameters(paramLabel = "NAME", description = "The plugin's id; 'leat plugins' lists them.")
    private String plugin = "";

    @Override
    final Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode answer = ask(api, plugin);
        if (console.json()) {
            console.json(answer);
        } else {
            console.lines(PluginsCommand.table(List.of(answer)).lines(console.width(), console.style()));
        }
        return Exit.OK;
    }

    /** Returns the plugin as it is then. */
    abstract JsonNode ask(ApiClient api, String plugin) throws InterruptedException;

    /** Nothing of it starts any more. */
    @Command(name = "pause", description = "Pauses a plugin: within a second no worker starts another of its jobs. Those that run go on.")
    static final class Pause extends PluginControlCommand {

        @Override
        JsonNode ask(ApiClient api, String plugin) throws InterruptedException {
            return api.post(Query.of("plugins", plugin, "pause"));
        }
    }

    /** It goes on. */
    @Command(name = "resume", description = "Lets the jobs of a paused plugin start again.")
    static final class Resume extends PluginControlCommand {

        @Override
        JsonNode ask(ApiClient api, String plugin) throws InterruptedException {
            return api.post(Query.of("plugins", plugin, "resume"));
        }
    }

    /** How much of it may run. */
    @Command(name = "limits", description = "Limits a plugin over all workers; a limit that is not named stays as it is. Without options, shows the limits.")
    static final class Limits extends PluginControlCommand {

        @Option(names = "--max-running", paramLabel = "N|none", description = "How many of its jobs may run at a time; 'none' takes the limit away.")
        private Optional<String> maxRunning = Optional.empty();

        @Option(names = "--starts-per-second", paramLabel = "X|none", description = "How many of its jobs may start in a second, such as 0.5; 'none' takes the limit away.")
        private Optional<String> startsPerSecond = Optional.empty();

        @Override
        JsonNode ask(ApiClient api, String plugin) throws InterruptedException {
            JsonNode now = api.get(Query.of("plugins", plugin));
            if (maxRunning.isEmpty() && startsPerSecond.isEmpty()) {
                return now;
            }
            ObjectNode limits = ApiClient.JSON.createObjectNode();
            limits.setAll(now.path("limits") instanceof ObjectNode before ? before : limits);
            if (maxRunning.isPresent()) {
                put(limits, "maxRunning", "--max-running", maxRunning.get(), false);
            }
            if (startsPerSecond.isPresent()) {
                put(limits, "startsPerSecond", "--starts-per-second", startsPerSecond.get(), true);
            }
            return api.put(Query.of("plugins", plugin, "limits"), limits);
        }

        private void put(ObjectNode limits, String member, String option, String value, boolean fraction) {
            if (value.equals("none")) {
                limits.remove(member);
            } else if (fraction && value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
                limits.put(member, Double.parseDouble(value));
            } else if (value.matches("\\d{1,9}")) {
                limits.put(member, Integer.parseInt(value));
            } else {
                throw misused("Expected %s to be a number or none, but got '%s'".formatted(option, value));
            }
        }
    }
}
