using System.Reflection;
using System.Runtime.CompilerServices;

namespace ComIm.PowerShell.Tests;

/// <summary>The module's table of reasons, ids and categories, read out of the staged assembly.</summary>
internal static class ErrorTable
{
    /// <summary>Every reason with its row.</summary>
    public static IReadOnlyList<(object Reason, ITuple Row)> Rows { get; } = Read();

    /// <summary>Every id.</summary>
    public static IEnumerable<string> Ids => Rows.Select(row => (string)row.Row[0]!);

    private static List<(object, ITuple)> Read()
    {
        var find = StagedModule.Cmdlets.GetType("ComIm.PowerShell.ImErrorTable", throwOnError: true)!
            .GetMethod("Find", BindingFlags.Public | BindingFlags.Static)!;
        var reasons = Enum.GetValues(find.GetParameters().Single().ParameterType);
        return [.. reasons.Cast<object>().Select(reason => (reason, (ITuple)find.Invoke(null, [reason])!))];
    }
}
