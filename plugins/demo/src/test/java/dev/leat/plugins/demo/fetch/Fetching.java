package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.JobType;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.SettableClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
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

    /** Its clock moves a second with each look at it. */
    static JobHandlerTester tester(UrlFetchHandler handler) {
        return JobHandlerTester
                .of(JobType.named("url-fetch", UrlFetchInput.class, UrlFetchResult.class).handledBy(handler))
                .clock(SettableClock.ticking(Instant.EPOCH, Duration.ofSeconds(1)));
    }

    static FetchedUrl fetch(UrlFetchHandler handler, String url) {
        return fetchAll(handler, url).getFirst();
    }

    static List<FetchedUrl> fetchAll(UrlFetchHandler handler, String... urls) {
        return tester(handler).run(new UrlFetchInput(List.of(urls))).result(UrlFetchResult.class).urls();
    }
}
