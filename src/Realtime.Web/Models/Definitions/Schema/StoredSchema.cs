using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Web.Models.Definitions.Schema;

/// <summary>Reads the tables that a database has.</summary>
internal static class StoredSchema
{
    /// <summary>Reads tables; those that are not there are not in the answer.</summary>
    /// <param name="context">The database.</param>
    /// <param name="connection">Its open connection.</param>
    /// <param name="tables">The names of the tables to look for.</param>
    public static Dictionary<string, DatabaseTable> Read(DbContext context, DbConnection connection, IReadOnlyCollection<string> tables)
    {
        // What EF Core's provider has for its tools looks at every value of every row in SQLite, which takes as long as it takes.
        var stored = context.Database.IsSqlite()
            ? tables.Select(table => SqliteTable.Read(connection, table)).OfType<DatabaseTable>()
            : ReaderOf(context).Create(connection, new DatabaseModelFactoryOptions()).Tables;
        return stored.Where(table => tables.Contains(table.Name)).ToDictionary(table => table.Name, StringComparer.Ordinal);
    }

    // The provider names its services for tools in an attribute, as EF Core's own tools find them.
    private static IDatabaseModelFactory ReaderOf(DbContext context)
    {
        var provider = Assembly.Load(context.Database.ProviderName!);
        var name = provider.GetCustomAttributes(typeof(DesignTimeProviderServicesAttribute), false).Cast<DesignTimeProviderServicesAttribute>().Single().TypeName;
        var services = new ServiceCollection();
        ((IDesignTimeServices)Activator.CreateInstance(provider.GetType(name, throwOnError: true)!)!).ConfigureDesignTimeServices(services);
        var reader = services.Last(service => service.ServiceType == typeof(IDatabaseModelFactory)).ImplementationType!;
        return (IDatabaseModelFactory)ActivatorUtilities.CreateInstance(((IInfrastructure<IServiceProvider>)context).Instance, reader);
    }
}
