package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.JobType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/** The job type {@code url-fetch}, as the environment configures it. */
public final class UrlFetch {

    /**
     * The environment variable that, set to {@code true}, lets URLs lead anywhere: to loopback, private networks and a
     * cloud's metadata too. {@code false}, the default, lets them lead to public addresses only.
     */
    public static final String ALLOW_PRIVATE = "DEMO_URL_FETCH_ALLOW_PRIVATE";

    /** Six times what the handler gives itself. */
    private static final Duration TIMEOUT = FetchLimits.DEFAULT.time().multipliedBy(6);

    private final Predicate<InetAddress> allowed;

    private UrlFetch(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    /**
     * Reads what the environment says.
     *
     * @param environment the variables, of which only {@value #ALLOW_PRIVATE} counts
     * @throws IllegalArgumentException if it is neither true nor false
     */
    public static UrlFetch of(Map<String, String> environment) {
        return switch (environment.getOrDefault(ALLOW_PRIVATE, "")) {
            case "true" -> new UrlFetch(_ -> true);
            case "false", "" -> new UrlFetch(PublicAddresses::contain);
            case String other -> throw new IllegalArgumentException(
                    "Expected the environment variable %s to be true or false, but it is '%s'"
                            .formatted(ALLOW_PRIVATE, other));
        };
    }

    /** The job type, to be offered by a plugin. */
    public JobType<?, ?> jobType() {
        return JobType.named("url-fetch", UrlFetchInput.class, UrlFetchResult.class)
                .describedAs("Fetches URLs, all at the same time, and tells what came of each.")
                .timeout(TIMEOUT).handledBy(handler());
    }

    /** The handler with the limits and the trust of production. */
    UrlFetchHandler handler() {
        return new UrlFetchHandler(
                new Connector(HostLookup.system(), allowed, () -> (SSLSocketFactory) SSLSocketFactory.getDefault()),
                FetchLimits.DEFAULT);
    }
}
