package dev.leat.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.live.FullScreen;
import dev.leat.cli.live.Screen;
import dev.leat.cli.live.TopData;
import dev.leat.cli.live.TopFrame;

/** Shows what runs, the workers and the lanes, anew each second. */
@Command(name = "top", description = "A live view of running operations, workers and lanes; q quits. Without a terminal, one picture of it.")
final class TopCommand extends ApiCommand {

    private static final int KEY_MILLIS = 100;
    private static final int ALL_LINES = 1000;

    @Option(names = {"-i",
            "--interval"}, paramLabel = "DURATION", defaultValue = "1s", converter = HumaneDuration.class, description = "How often the server is asked (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(1);

    /** What was heard last: the data, and why there is none newer. */
    private record Heard(Optional<TopData> data, Optional<CommandFailedException> failure) {}

    private volatile Heard heard = new Heard(Optional.empty(), Optional.empty());

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        TopData first = TopData.read(api, Optional.empty(), console.clock().instant());
        if (console.json()) {
            console.json(json(first));
        } else if (console.screen().isPresent()) {
            live(api, console, console.screen().get(), first);
        } else {
            console.lines(TopFrame.lines(first, api.server(), "", console.width(), ALL_LINES, console.clock().getZone(),
                    console.style()));
        }
        return Exit.OK;
    }

    private void live(ApiClient api, Console console, Screen screen, TopData first) {
        heard = new Heard(Optional.of(first), Optional.empty());
        Thread asking = Thread.ofVirtual().name("leat-top").start(() -> ask(api, console));
        try (FullScreen full = new FullScreen(screen)) {
            do {
                full.show(picture(heard, api, console, full));
            } while (!full.isQuit(KEY_MILLIS));
        } finally {
            asking.interrupt();
        }
    }

    private static List<String> picture(Heard heard, ApiClient api, Console console, FullScreen full) {
        String note = heard.failure().map(why -> "STALE: " + why.getMessage()).orElse("q quits");
        return heard.data()
                .map(data -> TopFrame.lines(data, api.server(), note, full.width(), full.height(),
                        console.clock().getZone(), console.style()))
                .orElse(List.of(note));
    }

    private void ask(ApiClient api, Console console) {
        try {
            while (true) {
                Thread.sleep(interval);
                Optional<TopData> before = heard.data();
                try {
                    heard = new Heard(Optional.of(TopData.read(api, before, console.clock().instant())),
                            Optional.empty());
                } catch (CommandFailedException away) {
                    heard = new Heard(before, Optional.of(away));
                }
            }
        } catch (InterruptedException quit) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode json(TopData data) {
        ObjectNode all = ApiClient.JSON.createObjectNode();
        all.set("stats", data.stats());
        data.running().forEach(all.putArray("running")::add);
        data.workers().forEach(all.putArray("workers")::add);
        data.plugins().forEach(all.putArray("plugins")::add);
        return all;
    }
}
