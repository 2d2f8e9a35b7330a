using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ComIm.PowerShell.Tests;

public sealed class ErrorTableTests
{
    [Fact]
    public void EveryReason_HasAnIdOfItsOwnAndACategory()
    {
        var find = StagedModule.Cmdlets.GetType("ComIm.PowerShell.ImErrorTable", throwOnError: true)!
            .GetMethod("Find", BindingFlags.Public | BindingFlags.Static)!;
        var reasons = Enum.GetValues(find.GetParameters().Single().ParameterType);
        var rows = reasons.Cast<object>().Select(reason => (Reason: reason, Row: (ITuple)find.Invoke(null, [reason])!)).ToList();

        Assert.All(rows, row => Assert.Equal("Im" + row.Reason, row.Row[0]));
        Assert.All(rows, row => Assert.NotEqual(ErrorCategory.NotSpecified, row.Row[1]));
    }
}
