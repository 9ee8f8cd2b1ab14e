namespace Realtime.Web.Models.Definitions;

/// <summary>What happens to the tables of defined models at start.</summary>
public enum Migrate
{
    /// <summary>Nothing. The service refuses to start if the tables do not fit the definitions, and says which statements would make them fit.</summary>
    Safe,

    /// <summary>Tables, columns and indexes that are missing are added. Nothing is taken away, all records stay.</summary>
    Alter,

    /// <summary>Tables are dropped and made anew, empty. In Development only.</summary>
    Drop,
}
