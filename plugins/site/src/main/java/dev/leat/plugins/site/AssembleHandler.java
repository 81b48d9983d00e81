package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.content.Content;
import dev.leat.plugins.site.content.ContentReader;
import dev.leat.plugins.site.content.Page;
import dev.leat.plugins.site.content.PageRenderer;
import dev.leat.plugins.site.content.SiteConfig;
import dev.leat.plugins.site.content.Templates;
import dev.leat.plugins.site.output.BuildStore;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;

/** Puts a page together from its rendered sections, and serves it with all that was served before. */
record AssembleHandler(Workshop workshop) implements JobHandler<AssembleInput, BuildResult> {

    @Override
    public JobOutcome<BuildResult> run(AssembleInput input, JobContext context) throws RefusedException, IOException {
        SiteConfig config = workshop.config(input.siteConfig());
        Output output = workshop.output(input.outputDir(), config);
        return workshop.alone(output, context, store -> Publication.publish(store, context, input.outputDir(),
                config.keepBuilds(), publication -> assembly(config, store, input, context).writeTo(publication)));
    }

    private static Assembly assembly(SiteConfig config, BuildStore store, AssembleInput input, JobContext context)
            throws RefusedException, IOException {
        Content content = ContentReader.read(config);
        Page page = content.sectionedPage(input.page());
        if (store.served().isEmpty()) {
            throw new RefusedException("Expected '%s' to be built as a whole before a page of it, but it is not"
                    .formatted(input.outputDir()));
        }
        return new Assembly(content.errorsBeside(page), page,
                new PageRenderer(config, Templates.read(config.templates()), content), EarlierBuild.served(store),
                store.fragments(), context);
    }
}
