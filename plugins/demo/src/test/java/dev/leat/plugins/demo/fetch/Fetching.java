package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.demo.RecordingContext;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/** Makes handlers with other surroundings than in production, and runs them. */
final class Fetching {

    static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    /** As if the machine's first loopback address, where the servers of the tests are, were a public one. */
    static final Predicate<InetAddress> PUBLIC_AND_HERE = address -> address.equals(HERE)
            || PublicAddresses.contain(address);

    /** No test that ends well comes near the time. */
    static final FetchLimits LIMITS = new FetchLimits(Duration.ofSeconds(60), 1000, 5);

    private Fetching() {}

    static UrlFetchHandler handler(FetchLimits limits) {
        return handler(HostLookup.system(), limits);
    }

    static UrlFetchHandler handler(HostLookup lookup, FetchLimits limits) {
        return new UrlFetchHandler(
                new Connector(lookup, PUBLIC_AND_HERE, () -> (SSLSocketFactory) SSLSocketFactory.getDefault()),
                limits);
    }

    static FetchedUrl fetch(UrlFetchHandler handler, String url) throws Exception {
        return fetch(handler, new RecordingContext(), url).getFirst();
    }

    static List<FetchedUrl> fetch(UrlFetchHandler handler, RecordingContext context, String... urls)
            throws Exception {
        return switch (handler.run(new UrlFetchInput(List.of(urls)), context)) {
            case JobOutcome.Succeeded<UrlFetchResult>(UrlFetchResult result) -> result.urls();
            case JobOutcome<UrlFetchResult> other -> throw new AssertionError("Expected success, but got " + other);
        };
    }
}
