package dev.leat.launcher;

import dev.leat.projector.ProjectorOptions;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.submit.ApiOptions;
import dev.leat.worker.WorkerOptions;

/** All options of Leat; every process knows them all, so that one file can configure all of them. */
final class Options {

    static final OptionCatalog CATALOG = OptionCatalog.of(ServiceOptions.class, ApiOptions.class, WorkerOptions.class,
            ProjectorOptions.class);

    private Options() {}
}
