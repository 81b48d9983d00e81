package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.content.Content;
import dev.leat.plugins.site.content.ContentReader;
import dev.leat.plugins.site.content.PageRenderer;
import dev.leat.plugins.site.content.SiteConfig;
import dev.leat.plugins.site.content.Templates;
import dev.leat.plugins.site.output.BuildStore;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;

/** Builds a whole site, and serves it if there is no error. */
record BuildHandler(Workshop workshop) implements JobHandler<BuildInput, BuildResult> {

    @Override
    public JobOutcome<BuildResult> run(BuildInput input, JobContext context) throws RefusedException, IOException {
        SiteConfig config = workshop.config(input.siteConfig());
        Output output = workshop.output(input.outputDir(), config);
        return workshop.alone(output, context, store -> Publication.publish(store, context, input.outputDir(),
                config.keepBuilds(),
                publication -> siteBuild(config, store, input.clean(), context).writeTo(publication)));
    }

    private static SiteBuild siteBuild(SiteConfig config, BuildStore store, boolean clean, JobContext context)
            throws RefusedException, IOException {
        Content content = ContentReader.read(config);
        return new SiteBuild(config, content, new PageRenderer(config, Templates.read(config.templates()), content),
                clean ? EarlierBuild.none() : EarlierBuild.served(store), context);
    }
}
