using Microsoft.Data.Sqlite;

namespace ComIm.TestKit;

/// <summary>The empty database of Kamailio's offline store, made of the statements that its package brings.</summary>
internal static class KamailioStore
{
    public static void Create(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        foreach (var part in new[] { "standard", "msilo" })
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The package's own statements.
            command.CommandText = File.ReadAllText($"/usr/share/kamailio/db_sqlite/{part}-create.sql");
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}
