namespace Realtime.Web.Models.Definitions;

/// <summary>Models without code: where their definitions and their records are.</summary>
public sealed class ModelSettings
{
    /// <summary>The folder of the definitions, one JSON file for each model. Default: none, but where the demo is on its own.</summary>
    public string? Folder { get; set; }

    /// <summary>What happens to tables that do not fit. Default: <c>alter</c> in Development, elsewhere <c>safe</c>. A file may say otherwise for its model.</summary>
    public Migrate? Migrate { get; set; }

    /// <summary>
    /// Whether <c>created</c> brings along the records that the new one is associated with, as far as everybody may read them. Default: no. A
    /// file may say otherwise for its model.
    /// </summary>
    public bool PopulateCreated { get; set; }

    /// <summary><c>sqlite</c> or <c>postgres</c>. Default: the one that memberships are kept in.</summary>
    public string? Provider { get; set; }

    /// <summary>How to reach the database. Default: <c>models.db</c> in the data folder, or the PostgreSQL that memberships are kept in.</summary>
    public string? ConnectionString { get; set; }
}
