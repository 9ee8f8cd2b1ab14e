namespace Realtime.Web.Models.Definitions.Rules;

/// <summary>A rule cannot work with its argument. The message says what it must be.</summary>
internal sealed class RuleArgumentException(string wanted) : Exception(wanted);
