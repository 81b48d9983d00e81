package dev.leat.plugins.demo.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Finds the addresses of a host. Thread-safe. */
@FunctionalInterface
interface HostLookup {

    /**
     * All addresses of a host, at least one.
     *
     * @param host a name, or an address literal
     * @throws IOException if there are none
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    List<InetAddress> addresses(String host) throws IOException, InterruptedException;

    /** Asks the system, which can take its time. */
    static HostLookup system() {
        return apart(host -> List.of(InetAddress.getAllByName(host)));
    }

    /**
     * Makes a lookup interruptible that is not, and that does not let its carrier go: each has a thread of its own, which
     * may outlive whoever asked by as long as the lookup takes to give up.
     */
    static HostLookup apart(HostLookup stubborn) {
        return host -> {
            var lookup = new FutureTask<>(() -> stubborn.addresses(host));
            Thread.ofPlatform().daemon().name("url-fetch-lookup").start(lookup);
            try {
                return lookup.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownHostException) {
                    throw new FetchException("Expected a host that has an address, but %s has none"
                            .formatted(FetchException.quoted(host)));
                }
                throw new IllegalStateException("Expected to look up a host, but it went wrong", e.getCause());
            }
        };
    }
}
