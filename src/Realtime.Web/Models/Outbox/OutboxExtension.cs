using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Web.Models.Outbox;

/// <summary>Gives a context the outbox table by itself, in <c>EnsureCreated</c> and in migrations.</summary>
internal sealed class OutboxExtension(string table) : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public string Table { get; } = table;

    public void ApplyServices(IServiceCollection services) =>
        services.AddSingleton<IConventionSetPlugin>(new Plugin(Table));

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(OutboxExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "RealtimeOutbox ";

        public override int GetServiceProviderHashCode() => extension.Table.GetHashCode(StringComparison.Ordinal);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo && ((OutboxExtension)other.Extension).Table == extension.Table;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Realtime:Outbox"] = extension.Table;
    }

    private sealed class Plugin(string table) : IConventionSetPlugin
    {
        public ConventionSet ModifyConventions(ConventionSet conventions)
        {
            conventions.ModelInitializedConventions.Add(new Convention(table));
            return conventions;
        }
    }

    private sealed class Convention(string table) : IModelInitializedConvention
    {
        public void ProcessModelInitialized(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context) =>
            // As if an attribute had asked for it: what conventions alone have found is removed where nothing points to it.
            modelBuilder.Entity(typeof(OutboxRow), fromDataAnnotation: true)?.ToTable(table);
    }
}
