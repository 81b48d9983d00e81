package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.test.JobHandlerContract;
import dev.leat.plugin.test.JobHandlerTester;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** With the limits of production, and servers on the loopback address. */
class UrlFetchContractTest extends JobHandlerContract {

    private WebServer server;
    /** Takes connections, and never says a word. */
    private ServerSocket silent;

    @BeforeEach
    void start() throws IOException {
        server = new WebServer().serve("/found", 200, "found").serve("/missing", 404, "");
        silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        silent.close();
    }

    @Override
    protected JobHandlerTester tester() {
        return JobHandlerTester.of(UrlFetch.of(Map.of(UrlFetch.ALLOW_PRIVATE, "true")).jobType());
    }

    @Override
    protected List<? extends Record> validInputs() {
        return List.of(new UrlFetchInput(List.of(server.url("/found"), server.url("/missing"))),
                new UrlFetchInput(List.of("http://127.0.0.1:1/closed")));
    }

    @Override
    protected List<String> invalidInputs() {
        return List.of("{\"urls\": []}", "{\"urls\": [\"file:///etc/passwd\"]}");
    }

    @Override
    protected Optional<? extends Record> longInput() {
        return Optional
                .of(new UrlFetchInput(List.of(server.url("/found"), "http://127.0.0.1:" + silent.getLocalPort())));
    }
}
