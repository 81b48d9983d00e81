package dev.leat.worker;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** Starts the worker when the server that tells its health is up; its bean stops it with the context. */
@Singleton
record WorkerStart(Worker worker) implements ApplicationEventListener<ServerStartupEvent> {

    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        try {
            worker.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected the worker to start, but the process is being stopped", e);
        }
    }
}
